import { ObjectChangedError, ProtocolError } from "../../errors.ts";
import { describeReply, shorten } from "./describe_reply.ts";
import { HostFailure } from "./host_failure.ts";
import { errorContext, type HttpTry } from "./http_request.ts";

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
export function checkCoding(response: Response, request: HttpTry): void {
  const coding = contentCoding(response.headers);
  if (coding === null) return;
  throw new ProtocolError(
    `${request.address} is sent compressed (${shorten(coding)}), so ranges cannot be read; ` +
      "serve it as it is",
    { ...errorContext(request), cause: describeReply(response) },
  );
}

/**
 * Makes sure that a reply is not a page for people where an object should be.
 *
 * @throws {ProtocolError} It is one.
 */
export function checkPage(response: Response, request: HttpTry): void {
  const contentType = response.headers.get("content-type") ?? "";
  if (!request.refusesPages || response.status === 416 || !/^text\/html\b/i.test(contentType)) {
    return;
  }
  throw new ProtocolError(
    `a web page came in place of ${request.address}, as of a log-in; ` +
      "check the address and your right to read it",
    { ...errorContext(request), cause: describeReply(response) },
  );
}

/**
 * Makes sure that an object is the one known by its ETag. A weak ETag and the
 * strong one of the same text are taken as the same: servers weaken them when
 * they compress. Bytes without an ETag, where one is known, could be those of
 * any object: a 206 has the ETag that a 200 would have (RFC 9110, 15.3.7).
 *
 * @throws {ObjectChangedError} It is another.
 * @throws {HostFailure} It came without an ETag; twice, and it counts as another.
 */
export function checkETag(response: Response, request: HttpTry): void {
  const { etag: expected, address } = request;
  const etag = response.headers.get("etag");
  if (!expected || response.status === 416) return;
  if (etag && strongETag(etag) === strongETag(expected)) return;
  const what = etag ? "its ETag changed" : "it came without its ETag";
  const verdict = new ObjectChangedError(
    `${address} is not the object it was (${what}); read the series anew with --rebuild`,
    { ...errorContext(request), cause: describeReply(response) },
  );
  if (etag) throw verdict;
  throw new HostFailure(what, { tries: 2, verdict });
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
