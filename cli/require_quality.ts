import { UsageError } from "../errors.ts";

const defaultQuality = 60;

/**
 * Checks the value of `--quality`.
 *
 * @throws {UsageError} When it is not from 0 to 100.
 */
export function requireQuality(quality: number | undefined): number {
  if (quality !== undefined && (quality < 0 || quality > 100)) {
    throw new UsageError(`--quality is ${quality}; it goes from 0 to 100`);
  }
  return quality ?? defaultQuality;
}
