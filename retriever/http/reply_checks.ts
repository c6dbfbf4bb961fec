import { ObjectChangedError, ProtocolError } from "../../errors.ts";

/** Content codings that leave an object's bytes as they are; `aws-chunked` is only ever of the way up. */
const PLAIN_CODINGS = new Set(["", "identity", "aws-chunked"]);

/** The coding of a reply's body, or null when its bytes are those of the object. */
export function contentCoding(headers: Headers): string | null {
  const codings = (headers.get("content-encoding") ?? "").split(",").map((coding) => coding.trim());
  return codings.find((coding) => !PLAIN_CODINGS.has(coding.toLowerCase())) ?? null;
}

/**
 * Makes sure that the bytes of a reply to a range are those of the object.
 *
 * @throws {ProtocolError} They are compressed.
 */
export function checkCoding(headers: Headers, address: string): void {
  const coding = contentCoding(headers);
  if (coding === null) return;
  throw new ProtocolError(
    `${address} is sent compressed (${coding}), so ranges cannot be read; serve it as it is`,
    { address },
  );
}

/**
 * Makes sure that an object is the one known by its ETag. A weak ETag and the
 * strong one of the same text are taken as the same: servers weaken them when
 * they compress.
 *
 * @throws {ObjectChangedError} It is another.
 */
export function checkETag(
  etag: string | null,
  expected: string | null | undefined,
  address: string,
): void {
  if (!etag || !expected) return;
  if (strongETag(etag) === strongETag(expected)) return;
  throw new ObjectChangedError(
    `${address} is not the object it was (its ETag changed); read the series anew with --rebuild`,
    { address },
  );
}

function strongETag(etag: string): string {
  return etag.replace(/^W\//, "");
}

/** The length of a body that the reply announces, or null where that is not the object's. */
export function contentLength(headers: Headers): number | null {
  const value = headers.get("content-length");
  if (value === null || !/^\d+$/.test(value) || contentCoding(headers) !== null) return null;
  return Number(value);
}
