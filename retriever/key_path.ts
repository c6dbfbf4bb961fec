import { UsageError } from "../errors.ts";

/**
 * Writes a key as the path of a URL: every character but the unreserved ones of
 * RFC 3986 and `/` escaped, as signatures of S3 want it.
 *
 * @throws {UsageError} A key with a segment `.` or `..`, which URLs cannot hold.
 */
export function encodeKey(key: string): string {
  const segments = key.split("/");
  if (segments.some((segment) => segment === "." || segment === "..")) {
    throw new UsageError(
      `the key '${key}' has a segment '.' or '..', which no URL can hold; rename the object`,
    );
  }
  return segments.map(encodeText).join("/");
}

/** Escapes all but the unreserved characters of RFC 3986. */
export function encodeText(text: string): string {
  // A lone surrogate has no UTF-8; as the replacement character it is found missing, not a crash.
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undoes {@linkcode encodeKey}; what is not escaped UTF-8 stays as it is. */
export function decodeKey(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Escapes of another character set. Kept as they are, so that reading the object names it.
    return path;
  }
}

/** The folder that a key or prefix is in: all up to its last `/`, empty where there is none. */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}

/**
 * The key that an address has below a folder's, or null when it is not below it.
 * Query and fragment count on neither side.
 */
export function relativeKey(folder: URL, address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== folder.protocol || url.host !== folder.host) return null;
  // The same path can be escaped in more than one way, so that only what it says is compared.
  const base = folder.pathname.split("/").map(decodeKey);
  const path = url.pathname.split("/").map(decodeKey);
  base.pop();
  if (path.length <= base.length || base.some((segment, index) => segment !== path[index])) {
    return null;
  }
  const key = path.slice(base.length).join("/");
  return key === "" ? null : key;
}
