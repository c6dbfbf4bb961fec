import { UsageError } from "../errors.ts";
import type { ByteRange } from "./store.ts";

/**
 * Makes sure that a range is made of whole numbers from 0 up.
 *
 * @throws {UsageError} It is not.
 */
export function checkRange(range: ByteRange): void {
  const numbers = "suffix" in range ? [range.suffix] : [range.offset, range.length];
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) {
    throw new UsageError(
      `a range is made of whole numbers from 0 up, not ${JSON.stringify(range)}`,
    );
  }
}
