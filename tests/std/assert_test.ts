import {
  assert,
  assertAlmostEquals,
  assertExists,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
} from "@std/assert";
import { failureOf, must, rejectionOf } from "./failure_of.ts";

/** A class that bears another's name. */
const namesake = { Map: class {} };

const failures: [name: string, run: () => unknown, message: string][] = [
  ["assert", () => assert(0), ""],
  ["assert with words", () => assert("", "empty"), "empty"],
  ["fail", () => fail(), "Failed assertion."],
  ["fail with words", () => fail("why"), "Failed assertion: why"],
  ["assertNotEquals", () => assertNotEquals(1, 1, "w"), "Expected actual: 1 not to be: 1: w"],
  [
    "assertStrictEquals of objects that look alike",
    () => assertStrictEquals({ a: 1 }, { a: 1 }),
    "Values have the same structure but are not reference-equal.\n\n" +
    "    {\n      a: 1,\n    }\n",
  ],
  [
    "assertAlmostEquals",
    () => assertAlmostEquals(1, 2),
    `Expected actual: "1" to be close to "2": delta "1" is greater than "2e-7".`,
  ],
  [
    "assertAlmostEquals with a tolerance",
    () => assertAlmostEquals(0.5, 1, 0.25, "w"),
    `Expected actual: "5e-1" to be close to "1": delta "5e-1" is greater than "2.5e-1": w`,
  ],
  [
    "assertAlmostEquals of NaN",
    () => assertAlmostEquals(NaN, 1, 5),
    `Expected actual: "NaN" to be close to "1": delta "NaN" is greater than "5".`,
  ],
  ["assertThrows", () => assertThrows(() => 1), "Expected function to throw."],
  ["assertThrows with words", () => assertThrows(() => 1, "w"), "Expected function to throw: w"],
  [
    "assertThrows of another class",
    () =>
      assertThrows(() => {
        throw new RangeError("r");
      }, TypeError),
    `Expected error to be instance of "TypeError", but was "RangeError".`,
  ],
  [
    "assertThrows of another message",
    () =>
      assertThrows(
        () => {
          throw new RangeError(`a "b"`);
        },
        Error,
        "c",
        "w",
      ),
    String.raw`Expected error message to include "c", but got "a \"b\"": w`,
  ],
  [
    "assertThrows of no error",
    () =>
      assertThrows(() => {
        throw "text";
      }, Error),
    "A non-Error object was thrown.",
  ],
  [
    "assertInstanceOf",
    () => assertInstanceOf({}, Map),
    `Expected object to be an instance of "Map" but was "Object".`,
  ],
  [
    "assertInstanceOf of null",
    () => assertInstanceOf(null, Map, "w"),
    `Expected object to be an instance of "Map" but was "null": w`,
  ],
  [
    "assertInstanceOf of a primitive",
    () => assertInstanceOf(1, Number),
    `Expected object to be an instance of "Number" but was "number".`,
  ],
  [
    "assertInstanceOf of the class itself",
    () => assertInstanceOf(Map, Map),
    `Expected object to be an instance of "Map" but was not an instanced object.`,
  ],
  [
    "assertInstanceOf of another class of that name",
    () => assertInstanceOf(new namesake.Map(), Map),
    `Expected object to be an instance of "Map".`,
  ],
  ["assertMatch", () => assertMatch("a", /b/), `Expected actual: "a" to match: "/b/".`],
  [
    "assertStringIncludes",
    () => assertStringIncludes("a", "b", "w"),
    `Expected actual: "a" to contain: "b": w`,
  ],
  [
    "assertExists",
    () => assertExists(null),
    `Expected actual: "null" to not be null or undefined.`,
  ],
  ["assertGreater", () => assertGreater(1, 1), "Expect 1 > 1"],
  ["assertGreater with words", () => assertGreater(1, 2, "w"), "w"],
  ["assertGreaterOrEqual", () => assertGreaterOrEqual(1, 2), "Expect 1 >= 2"],
  ["assertLess", () => assertLess(1n, 1n), "Expect 1n < 1n"],
  ["assertLessOrEqual", () => assertLessOrEqual("b", "a"), `Expect "b" <= "a"`],
  ["assertLess of NaN", () => assertLess(NaN, 1), "Expect NaN < 1"],
];

for (const [name, run, message] of failures) {
  Deno.test(`${name} says in its message what failed`, () => {
    const said = failureOf(run);
    must(said === message, `${JSON.stringify(said)} instead of ${JSON.stringify(message)}`);
  });
}

Deno.test("what holds does not throw", () => {
  assert(1);
  assertAlmostEquals(1, 1 + 1e-8);
  assertAlmostEquals(NaN, NaN);
  assertAlmostEquals(Infinity, Infinity);
  assertAlmostEquals(1, 2, 1);
  assertInstanceOf(new TypeError(), Error);
  assertMatch("series", /^se.ies$/);
  assertStringIncludes("series", "rie");
  assertExists(0);
  assertExists("");
  assertGreater(2, 1);
  assertGreaterOrEqual(2, 2);
  assertLess("a", "b");
  assertLessOrEqual(new Date(1), new Date(1));
});

Deno.test("assertThrows returns what was thrown, whatever it is", () => {
  const error = new RangeError("too far");
  const thrower = () => {
    throw error;
  };
  must(assertThrows(thrower) === error, "the very error");
  must(assertThrows(thrower, RangeError, "far").message === "too far", "the very error");
  must(assertThrows(thrower, Error, "") === error, "an empty text is in every message");
  must(
    assertThrows(() => {
      throw "text";
    }) === "text",
    "what is no error",
  );
});

Deno.test("assertRejects resolves to the reason, whatever it is", async () => {
  const error = new RangeError("too far");
  const rejecter = () => Promise.reject(error);
  must(await assertRejects(rejecter) === error, "the very error");
  must((await assertRejects(rejecter, RangeError, "far")).message === "too far", "the very error");
  must(await assertRejects(() => Promise.reject(1)) === 1, "what is no error");
});

Deno.test("assertRejects says in its message what failed", async () => {
  const wrong = () => Promise.reject(new RangeError("r"));
  const thrower = () => {
    throw new Error("at once");
  };
  const rows: [run: () => Promise<unknown>, message: string][] = [
    [() => assertRejects(() => Promise.resolve()), "Expected function to reject."],
    [() => assertRejects(() => Promise.resolve(), "w"), "Expected function to reject: w"],
    [() => assertRejects(thrower), "Function throws when expected to reject."],
    [
      () => assertRejects((() => 1) as unknown as () => Promise<void>, Error, "", "w"),
      "Function throws when expected to reject: w",
    ],
    [
      () => assertRejects(wrong, TypeError),
      `Expected error to be instance of "TypeError", but was "RangeError".`,
    ],
    [
      () => assertRejects(wrong, RangeError, "x", "w"),
      `Expected error message to include "x", but got "r": w`,
    ],
    [() => assertRejects(() => Promise.reject(1), Error), "A non-Error object was rejected."],
  ];
  for (const [run, message] of rows) {
    const said = await rejectionOf(run);
    must(said === message, `${JSON.stringify(said)} instead of ${JSON.stringify(message)}`);
  }
});

Deno.test("assertions narrow the type of what they assert", () => {
  const values: unknown[] = [new Map([["a", 1]]), "text", "defined"];
  const [map, text] = values;
  assertInstanceOf(map, Map);
  must(map.size === 1, "narrowed to a map");
  assertStrictEquals<string>(text, "text");
  must(text.length === 4, "narrowed to a string");
  const found: string | undefined = ["a"].find((item) => item === "a");
  assertExists(found);
  must(found.length === 1, "narrowed to what exists");
  const maybe: number | null = Number("5");
  assert(typeof maybe === "number");
  must(maybe.toFixed() === "5", "narrowed by a condition");
});

Deno.test("an AssertionError has its name, message and cause", () => {
  const cause = new Error("cause");
  const error = new AssertionError("message", { cause });
  must(error instanceof Error && error.name === "AssertionError", "name");
  must(error.message === "message" && error.cause === cause, "message and cause");
});
