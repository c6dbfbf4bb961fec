import { diff } from "./_diff.ts";
import { format } from "./_format.ts";
import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** Asserts that two values are the same one, as `Object.is` tells it. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const [left, right] = [format(actual), format(expected)];
  if (left === right) {
    const indented = left.replace(/^/gm, "    ");
    throw new AssertionError(
      `Values have the same structure but are not reference-equal${suffix(msg)}\n\n${indented}\n`,
    );
  }
  const strings = typeof actual === "string" && typeof expected === "string";
  const difference = strings ? diff(actual, expected) : diff(left, right);
  throw new AssertionError(`Values are not strictly equal${suffix(msg)}\n${difference}`);
}
