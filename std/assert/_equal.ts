type TypedArray = ArrayLike<number | bigint>;
const TypedArray = Object.getPrototypeOf(Uint8Array);

/** Objects that hold all they are in internal slots, and tell it as a string. */
const TOLD_BY_STRING: ReadonlySet<object> = new Set<object>([
  Intl.Locale.prototype,
  RegExp.prototype,
  URL.prototype,
  URLSearchParams.prototype,
]);

/**
 * Whether two values are equal all the way down. `NaN` equals itself and `-0` equals `0`; objects
 * must share a prototype (none counts as that of plain objects), functions must be the same one.
 *
 * @throws {TypeError} For a `WeakMap` or `WeakSet`: nobody can look inside.
 */
export function equal(a: unknown, b: unknown): boolean {
  return compare(a, b, new Map());
}

function compare(a: unknown, b: unknown, seen: Map<object, object>): boolean {
  if (sameValue(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (a instanceof Date && b instanceof Date) return sameValue(a.getTime(), b.getTime());
  if (prototypeOf(a) !== prototypeOf(b)) return false;
  if (a instanceof TypedArray) return sameElements(a as TypedArray, b as TypedArray);
  if (isBuffer(a) && isBuffer(b)) return sameElements(new Uint8Array(a), new Uint8Array(b));
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`Cannot compare ${a.constructor.name} instances`);
  }
  if (a instanceof WeakRef && b instanceof WeakRef) return compare(a.deref(), b.deref(), seen);
  // A pair met again further down is a cycle, and equal if all the rest is.
  if (seen.get(a) === b) return true;
  if (Object.keys(a).length !== Object.keys(b).length) return false;
  seen.set(a, b);
  if (a instanceof Map && b instanceof Map) return sameMap(a, b, seen);
  if (a instanceof Set && b instanceof Set) return sameSet(a, b, seen);
  if (TOLD_BY_STRING.has(prototypeOf(a))) return String(a) === String(b);
  return sameMembers(a as Members, b as Members, seen);
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isBuffer(value: object): value is ArrayBuffer | SharedArrayBuffer {
  return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer;
}

function prototypeOf(value: object): object {
  return Object.getPrototypeOf(value) ?? Object.prototype;
}

function sameElements(a: TypedArray, b: TypedArray): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (!sameValue(a[i], b[i])) return false;
  }
  return true;
}

function sameMap(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  seen: Map<object, object>,
): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([key, value]) =>
    isObject(key)
      ? [...b].some(([otherKey, otherValue]) =>
        compare(key, otherKey, seen) && compare(value, otherValue, seen)
      )
      : b.has(key) && compare(value, b.get(key), seen)
  );
}

function sameSet(a: Set<unknown>, b: Set<unknown>, seen: Map<object, object>): boolean {
  if (a.size !== b.size) return false;
  return [...a].every((value) =>
    b.has(value) || (isObject(value) && [...b].some((other) => compare(value, other, seen)))
  );
}

type Members = Record<string | symbol, unknown>;

function sameMembers(a: Members, b: Members, seen: Map<object, object>): boolean {
  for (const key of new Set([...keysOf(a), ...keysOf(b)])) {
    if (key in a !== key in b || !compare(a[key], b[key], seen)) return false;
  }
  return true;
}

/**
 * The members that tell one object from another: the own enumerable ones of a plain object or
 * array; of any other, all that are its own or its classes', for a getter may be all it shows.
 */
function keysOf(value: object): Set<string | symbol> {
  const prototype = prototypeOf(value);
  if (prototype === Object.prototype || prototype === Array.prototype) {
    return new Set(Reflect.ownKeys({ ...value }));
  }
  const keys = new Set<string | symbol>();
  for (
    let at: object | null = value;
    at !== null && at !== Object.prototype && at !== Array.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    for (const key of Reflect.ownKeys(at)) keys.add(key);
  }
  return keys;
}
