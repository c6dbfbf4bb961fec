/** An object whose members are values or more of its kind: `--a.b=1` is kept as `{ a: { b: 1 } }`. */
export interface Nested {
  [name: string]: unknown;
}

/** Sets the member that a dotted name leads to, never one of the prototype's. */
export function setNested(object: Nested, name: string, value: unknown, collect = false): void {
  const path = name.split(".");
  const last = path.pop() ?? "";
  for (const step of path) {
    if (isForbidden(object, step)) return;
    object = (object[step] ??= {}) as Nested;
  }
  if (isForbidden(object, last)) return;
  const before = object[last];
  if (!collect) object[last] = value;
  else if (Array.isArray(before)) before.push(value);
  else object[last] = before ? [before, value] : [value];
}

/** Whether the member that a dotted name leads to is there. */
export function hasNested(object: Nested, name: string): boolean {
  for (const step of name.split(".")) {
    if (!Object.hasOwn(object, step)) return false;
    object = object[step] as Nested;
  }
  return true;
}

function isForbidden(object: Nested, step: string): boolean {
  return step === "__proto__" || (step === "constructor" && typeof object[step] === "function");
}
