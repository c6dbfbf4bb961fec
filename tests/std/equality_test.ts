import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { failureOf, must } from "./failure_of.ts";

class Point {
  readonly #hidden: number;
  constructor(public x: number, hidden: number) {
    this.#hidden = hidden;
  }
  get shown(): number {
    return this.#hidden;
  }
}

class OtherPoint {
  constructor(public x: number) {}
}

function cyclic(value: number): Record<string, unknown> {
  const object: Record<string, unknown> = { value };
  object.self = object;
  return object;
}

const shared = () => {};
const symbol = Symbol("s");

const pairs: [name: string, a: unknown, b: unknown, equal: boolean][] = [
  ["numbers", 1, 1, true],
  ["other numbers", 1, 2, false],
  ["NaN", NaN, NaN, true],
  ["zeros of either sign", 0, -0, true],
  ["a number and a string", 1, "1", false],
  ["a number and a bigint", 1, 1n, false],
  ["bigints", 2n ** 70n, 2n ** 70n, true],
  ["null and undefined", null, undefined, false],
  ["null and an object", null, {}, false],
  ["nested objects", { a: [1, { b: NaN }] }, { a: [1, { b: NaN }] }, true],
  ["nested objects that differ", { a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, false],
  ["keys in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ["an undefined member and none", { a: undefined }, {}, false],
  ["an undefined member and another", { a: undefined }, { b: undefined }, false],
  ["symbol keys", { [symbol]: 1 }, { [symbol]: 2 }, false],
  ["a null prototype and a plain object", Object.assign(Object.create(null), { a: 1 }), {
    a: 1,
  }, true],
  ["arrays of other lengths", [1], [1, undefined], false],
  ["an array and an object", [1], { 0: 1 }, false],
  ["the same function", { f: shared }, { f: shared }, true],
  ["functions that look alike", () => {}, () => {}, false],
  ["bytes", new Uint8Array([1, 2]), new Uint8Array([1, 2]), true],
  ["other bytes", new Uint8Array([1, 2]), new Uint8Array([1, 3]), false],
  ["bytes of other lengths", new Uint8Array(2), new Uint8Array(3), false],
  ["views of unlike buffers", new Uint8Array([9, 1]).subarray(1), new Uint8Array([1]), true],
  ["signed and unsigned bytes", new Uint8Array([1]), new Int8Array([1]), false],
  ["bytes and an array", new Uint8Array([1]), [1], false],
  ["floats with NaN", new Float32Array([NaN]), new Float32Array([NaN]), true],
  ["big integers", new BigInt64Array([1n]), new BigInt64Array([1n]), true],
  ["other big integers", new BigInt64Array([1n]), new BigInt64Array([2n]), false],
  ["buffers", new Uint8Array([1]).buffer, new Uint8Array([1]).buffer, true],
  ["other buffers", new Uint8Array([1]).buffer, new Uint8Array([2]).buffer, false],
  ["a buffer and bytes", new Uint8Array([1]).buffer, new Uint8Array([1]), false],
  ["dates", new Date(5), new Date(5), true],
  ["other dates", new Date(5), new Date(6), false],
  ["invalid dates", new Date(NaN), new Date(NaN), true],
  ["regular expressions", /a/g, /a/g, true],
  ["other flags", /a/g, /a/i, false],
  ["addresses", new URL("http://a/b"), new URL("http://a/b"), true],
  ["other addresses", new URL("http://a/b"), new URL("http://a/c"), false],
  ["maps in another order", new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]]), true],
  ["maps of other values", new Map([["a", 1]]), new Map([["a", 2]]), false],
  ["maps of other keys", new Map([["a", 1]]), new Map([["b", 1]]), false],
  ["maps with an undefined value", new Map([["a", undefined]]), new Map([["b", undefined]]), false],
  ["maps with deep keys", new Map([[{ a: 1 }, [1]]]), new Map([[{ a: 1 }, [1]]]), true],
  ["maps with other deep keys", new Map([[{ a: 1 }, [1]]]), new Map([[{ a: 2 }, [1]]]), false],
  ["maps with other deep values", new Map([[{ a: 1 }, [1]]]), new Map([[{ a: 1 }, [2]]]), false],
  ["maps of other sizes", new Map([["a", 1]]), new Map(), false],
  ["sets in another order", new Set([1, NaN]), new Set([NaN, 1]), true],
  ["other sets", new Set([1]), new Set([2]), false],
  ["sets of objects", new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }]), true],
  ["sets of other objects", new Set([{ a: 1 }]), new Set([{ a: 2 }]), false],
  ["a set and a map", new Set(), new Map(), false],
  ["instances", new Point(1, 2), new Point(1, 2), true],
  ["instances of other fields", new Point(1, 2), new Point(3, 2), false],
  ["instances of other getters", new Point(1, 2), new Point(1, 3), false],
  ["instances of other classes", new OtherPoint(1), { x: 1 }, false],
  ["errors of other messages", new Error("a"), new Error("b"), false],
  ["an error and one of another class", new Error("a"), new TypeError("a"), false],
  ["objects that hold themselves", cyclic(1), cyclic(1), true],
  ["unlike objects that hold themselves", cyclic(1), cyclic(2), false],
  ["boxed and bare", Object(1), 1, false],
];

for (const [name, a, b, equal] of pairs) {
  const verdict = equal ? "are equal" : "differ";
  Deno.test(`assertEquals and assertNotEquals: ${name} ${verdict}, either way round`, () => {
    for (const [actual, expected] of [[a, b], [b, a]]) {
      if (equal) {
        assertEquals(actual, expected);
        must(
          failureOf(() => assertNotEquals(actual, expected)).startsWith("Expected actual: "),
          "assertNotEquals says what it compared",
        );
      } else {
        assertNotEquals(actual, expected);
        must(
          failureOf(() => assertEquals(actual, expected)).startsWith("Values are not equal."),
          "assertEquals says that they differ",
        );
      }
    }
  });
}

Deno.test("assertEquals refuses what cannot be looked into", () => {
  for (const make of [() => new WeakMap(), () => new WeakSet()]) {
    let caught: unknown;
    try {
      assertEquals(make(), make());
    } catch (error) {
      caught = error;
    }
    must(
      caught instanceof TypeError && caught.message.startsWith("Cannot compare Weak"),
      "refused",
    );
  }
});

Deno.test("assertEquals shows both sides line by line, and the caller's words", () => {
  const message = failureOf(() => assertEquals({ a: 1, b: 2 }, { a: 1, b: 3 }, "numbers"));
  must(message.startsWith("Values are not equal: numbers\n"), message);
  must(/^ {4}\[Diff\] Actual \/ Expected$/m.test(message), message);
  must(/^ {6}a: 1,$/m.test(message), message);
  must(/^- {5}b: 2,$/m.test(message), message);
  must(/^\+ {5}b: 3,$/m.test(message), message);
});

Deno.test("assertEquals shows one changed line between two that stayed", () => {
  const [actual, expected] = [["a", "b", "c"], ["a", "x", "c"]];
  const lines = failureOf(() => assertEquals(actual, expected)).split("\n");
  must(lines.includes(`-     "b",`) && lines.includes(`+     "x",`), lines.join("\n"));
  must(lines.includes(`      "a",`) && lines.includes(`      "c",`), lines.join("\n"));
});

const strict: [a: unknown, b: unknown, same: boolean][] = [
  [NaN, NaN, true],
  [0, -0, false],
  ["a", "a", true],
  ["a\nb", "a\nc", false],
  [shared, shared, true],
  [[], [], false],
  [1, "1", false],
];
for (const [a, b, same] of strict) {
  const [left, right] = [Deno.inspect(a), Deno.inspect(b)];
  Deno.test(`assertStrictEquals: ${left} and ${right} are ${same ? "" : "not "}the same`, () => {
    if (same) assertStrictEquals(a, b);
    else must(failureOf(() => assertStrictEquals(a, b)).startsWith("Values "), "they differ");
  });
}
