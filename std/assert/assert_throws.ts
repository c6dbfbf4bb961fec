import { checkError, type ErrorClass } from "./_check_error.ts";
import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** Asserts that a function throws, and returns what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that a function throws an error of a class that says `msgIncludes`, and returns it. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  lastMsg?: string,
): unknown {
  const msg = typeof classOrMsg === "string" ? classOrMsg : lastMsg;
  try {
    fn();
  } catch (error) {
    if (typeof classOrMsg === "function") checkError(error, classOrMsg, msgIncludes, msg, "thrown");
    return error;
  }
  throw new AssertionError(`Expected function to throw${suffix(msg)}`);
}
