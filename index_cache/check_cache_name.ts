import { UsageError } from "../errors.ts";

/** Leaves room for the affixes of files in the 255 bytes that file systems allow. */
const MAXIMUM_LENGTH = 200;

/** Whether a name may name an index in a cache: it can never be a path. */
export function isCacheName(name: string): boolean {
  return name.length <= MAXIMUM_LENGTH && /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name);
}

/**
 * Refuses a name that may not name an index in a cache.
 *
 * @throws {UsageError} When the name has other characters than letters, digits, `.`, `_` and `-`,
 * starts with a dot, is empty, or is longer than 200 characters.
 */
export function checkCacheName(name: string): void {
  if (!isCacheName(name)) {
    throw new UsageError(
      `${JSON.stringify(name.slice(0, MAXIMUM_LENGTH))} cannot name an index: use up to ` +
        `${MAXIMUM_LENGTH} letters, digits, ".", "_" and "-", no dot first`,
    );
  }
}
