import { isAbsolute } from "./is_absolute.ts";

/**
 * The file URL of an absolute path.
 *
 * @throws {TypeError} If the path is relative.
 */
export function toFileUrl(path: string): URL {
  if (!isAbsolute(path)) throw new TypeError(`Path must be absolute: received "${path}"`);
  const url = new URL("file:///");
  // What the setter would take for an escape, for a slash, or for nothing at all; it escapes the
  // rest itself.
  url.pathname = path.replace(/^\/+/, "/").replace(/[%\\\t\n\v\f\r ]/g, encodeURIComponent);
  return url;
}
