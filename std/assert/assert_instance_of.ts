import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** Asserts that a value is an instance of a class. */
// deno-lint-ignore no-explicit-any
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  if (actual instanceof expectedType) return;
  const expected = `Expected object to be an instance of "${expectedType.name}"`;
  const name = typeName(actual);
  // Two classes of one name: saying "but was X" again would only puzzle.
  const but = name === expectedType.name
    ? ""
    : name === "function"
    ? " but was not an instanced object"
    : ` but was "${name}"`;
  throw new AssertionError(`${expected}${but}${suffix(msg)}`);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return value.constructor?.name ?? "Object";
}
