import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** The class of an expected error. */
// deno-lint-ignore no-explicit-any
export type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

/** Asserts that what was thrown or rejected is of a class, and says what it should. */
export function checkError<E extends Error>(
  error: unknown,
  expected: ErrorClass<E>,
  msgIncludes: string | undefined,
  msg: string | undefined,
  how: "thrown" | "rejected",
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${how}${suffix(msg)}`);
  }
  if (!(error instanceof expected)) {
    throw new AssertionError(
      `Expected error to be instance of "${expected.name}", ` +
        `but was "${error.constructor.name}"${suffix(msg)}`,
      // The real package gives no cause; without it the error that matters is lost.
      { cause: error },
    );
  }
  if (msgIncludes && !error.message.includes(msgIncludes)) {
    throw new AssertionError(
      `Expected error message to include ${JSON.stringify(msgIncludes)}, ` +
        `but got ${JSON.stringify(error.message)}${suffix(msg)}`,
    );
  }
}
