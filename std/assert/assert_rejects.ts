import { checkError, type ErrorClass } from "./_check_error.ts";
import { suffix } from "./_suffix.ts";
import { AssertionError } from "./assertion_error.ts";

/** Asserts that the promise a function returns is rejected, and resolves to the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/**
 * Asserts that the promise a function returns is rejected with an error of a class that says
 * `msgIncludes`, and resolves to that error. A function that throws before it returns a promise
 * fails the assertion.
 */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any
  ErrorClass: abstract new (...args: any[]) => E,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMsg?: ErrorClass<E> | string,
  msgIncludes?: string,
  lastMsg?: string,
): Promise<unknown> {
  const msg = typeof classOrMsg === "string" ? classOrMsg : lastMsg;
  const promise = start(fn, msg);
  try {
    await promise;
  } catch (error) {
    if (typeof classOrMsg === "function") {
      checkError(error, classOrMsg, msgIncludes, msg, "rejected");
    }
    return error;
  }
  throw new AssertionError(`Expected function to reject${suffix(msg)}`);
}

function start(fn: () => PromiseLike<unknown>, msg: string | undefined): PromiseLike<unknown> {
  let promise: PromiseLike<unknown> | undefined;
  let cause: unknown;
  try {
    promise = fn();
  } catch (error) {
    cause = error;
  }
  if (typeof promise?.then === "function") return promise;
  throw new AssertionError(`Function throws when expected to reject${suffix(msg)}`, { cause });
}
