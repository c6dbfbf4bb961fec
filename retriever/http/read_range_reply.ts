import { ProtocolError } from "../../errors.ts";
import { sliceRange } from "../slice_range.ts";
import type { ByteRange } from "../store.ts";
import { HostFailure } from "./host_failure.ts";
import { describeReply, shorten } from "./describe_reply.ts";
import { errorContext, type HttpTry } from "./http_request.ts";
import { parseContentRange } from "./parse_content_range.ts";
import { readBody, type ReadBodyOptions } from "./read_body.ts";
import { checkCoding, contentLength } from "./reply_checks.ts";
import { tooLong } from "./too_long.ts";

/** What a reply tells of an object. */
export interface RangeBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly totalSize: number | null;
}

/** What reading a reply to a range takes. */
export interface RangeReplyOptions extends Pick<ReadBodyOptions, "watchdog" | "stats"> {
  request: HttpTry;
  range: ByteRange;
  /** Most bytes to read; Infinity where the range says how many there are. */
  limit: number;
}

/**
 * Reads the reply to a range request: 206, 416, or 200 of a server that knows
 * no ranges. A body that no check lets pass is left to the caller.
 *
 * @throws {LimitError} There are more bytes than the limit.
 * @throws {ProtocolError} The reply does not fit the request.
 * @throws {HostFailure} The body is cut or stalled.
 */
export async function readRangeReply(
  response: Response,
  options: RangeReplyOptions,
): Promise<RangeBytes> {
  if (response.status === 416) return readUnsatisfied(response, options);
  checkCoding(response, options.request);
  if (response.status === 206) return await readPartial(response, options);
  return await readFromWhole(response, options);
}

/** A range that starts at the end or beyond: no bytes, and the size. */
function readUnsatisfied(response: Response, { request, range }: RangeReplyOptions): RangeBytes {
  const header = response.headers.get("content-range");
  // Only an object without a byte has none from 0 on, and no last ones.
  const told = "offset" in range && range.offset > 0 ? null : 0;
  const totalSize = header === null ? told : parseContentRange(header)?.totalSize ?? told;
  if (totalSize !== null) {
    const { start, end } = sliceRange(range, totalSize);
    if (end > start) throw wrongRange(response, request, "answered 416 to a range inside its size");
  }
  return { bytes: new Uint8Array(), totalSize };
}

/** A part of the object, which must be the part asked for. */
async function readPartial(response: Response, options: RangeReplyOptions): Promise<RangeBytes> {
  const { request, range, limit } = options;
  const refuse = (what: string): ProtocolError => wrongRange(response, request, what);
  const header = response.headers.get("content-range");
  if (header === null) throw refuse("answered 206 without a Content-Range");
  const shown = shorten(header);
  const contentRange = parseContentRange(header);
  const sent = contentRange?.range;
  if (contentRange === null || sent === null || sent === undefined) {
    throw refuse(`answered with the unreadable Content-Range '${shown}'`);
  }
  if (!fits(sent, contentRange.totalSize, range)) {
    throw refuse(`answered with '${shown}', which is not the range asked for`);
  }
  const length = sent.end - sent.start + 1;
  if (length > limit) throw tooLong(response, request, limit);
  const { bytes } = await readBody(response, { ...options, take: length + 1 });
  if (bytes.length < length) throw shortBody(bytes.length, length);
  if (bytes.length > length) throw refuse(`sent more bytes than '${shown}' says`);
  const wanted = "suffix" in range ? range.suffix : range.length;
  return { bytes: bytes.subarray(0, wanted), totalSize: contentRange.totalSize };
}

/** Whether the bytes sent are those of the range, with fewer only where the object ends. */
function fits(
  sent: { start: number; end: number },
  totalSize: number | null,
  range: ByteRange,
): boolean {
  // A range of no bytes was sent as one of a byte.
  const wanted = "suffix" in range
    ? { suffix: Math.max(1, range.suffix) }
    : { offset: range.offset, length: Math.max(1, range.length) };
  if (totalSize !== null) {
    const { start, end } = sliceRange(wanted, totalSize);
    return sent.start === start && sent.end === end - 1;
  }
  if ("suffix" in wanted) return sent.end - sent.start < wanted.suffix;
  return sent.start === wanted.offset && sent.end < wanted.offset + wanted.length;
}

/** The whole object from a server that knows no ranges: read as far as needed only. */
async function readFromWhole(response: Response, options: RangeReplyOptions): Promise<RangeBytes> {
  const { request, range, limit } = options;
  const announced = contentLength(response.headers);
  const part = "suffix" in range ? { last: range.suffix } : {
    skip: range.offset,
    take: announced !== null && announced <= range.offset ? 0 : Math.min(range.length, limit + 1),
  };
  if (Math.min(part.take ?? 0, announced ?? 0) > limit) throw tooLong(response, request, limit);
  const { bytes, received, ended } = await readBody(response, { ...options, ...part });
  if (bytes.length > limit) throw tooLong(response, request, limit);
  if (!ended) return { bytes, totalSize: announced };
  if (announced !== null && received < announced) throw shortBody(received, announced);
  return { bytes, totalSize: received };
}

function wrongRange(response: Response, request: HttpTry, what: string): ProtocolError {
  return new ProtocolError(
    `${request.address} ${what}; its server, or a proxy on the way, does not handle ranges`,
    { ...errorContext(request), cause: describeReply(response) },
  );
}

/** The failure of a body that ended too early. */
export function shortBody(received: number, expected: number): HostFailure {
  return new HostFailure(`sent ${received} of ${expected} bytes`);
}
