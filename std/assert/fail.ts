import { AssertionError } from "./assertion_error.ts";
import { suffix } from "./_suffix.ts";

/** Throws an {@linkcode AssertionError}, always. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}
