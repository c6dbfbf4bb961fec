import { CacheError } from "../errors.ts";

/** Codes of a medium that takes no more. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/**
 * Turns what the file system threw into a `CacheError` of one line that says what to try.
 *
 * @param action What was tried, as in `write`.
 * @param path The file or folder it was tried on.
 */
export function toCacheError(action: string, path: string, cause: unknown): CacheError {
  const { name = "", code = "", message = String(cause) } = cause as {
    name?: string;
    code?: string;
    message?: string;
  };
  const other = "choose another folder with --cache-dir, or do without by --no-cache";
  let why = message;
  let advice = other;
  if (name === "NotCapable") {
    why = "the program may not";
    advice = "run with --allow-read and --allow-write for the folder, or use --no-cache";
  } else if (FULL.has(code)) {
    why = "no space is left";
    advice = `free some, ${other}`;
  } else if (name === "PermissionDenied" || code === "EROFS") {
    why = code === "EROFS" ? "the file system is read-only" : "access is denied";
  } else if (name === "NotADirectory" || code === "ENOTDIR") {
    why = "a file stands where a folder should";
  }
  return new CacheError(`cannot ${action} ${path} of the cache: ${why}; ${advice}`, {
    address: path,
    cause,
  });
}
