import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/**
 * Asserts that two numbers are at most `tolerance` apart: by default a ten-millionth of the
 * expected one, or 1e-7 where that is not finite.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance: number = Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  if (delta <= tolerance) return;
  const show = (n: number) => Number.isInteger(n) ? `"${n}"` : `"${n.toExponential()}"`;
  throw new AssertionError(
    `Expected actual: ${show(actual)} to be close to ${show(expected)}: ` +
      `delta ${show(delta)} is greater than ${show(tolerance)}${suffix(msg)}`,
  );
}
