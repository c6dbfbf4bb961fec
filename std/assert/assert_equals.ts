import { diff } from "./_diff.ts";
import { equal } from "./_equal.ts";
import { format } from "./_format.ts";
import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** Asserts that two values are equal all the way down; the message shows where they are not. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  const strings = typeof actual === "string" && typeof expected === "string";
  const difference = strings ? diff(actual, expected) : diff(format(actual), format(expected));
  throw new AssertionError(`Values are not equal${suffix(msg)}\n${difference}`);
}
