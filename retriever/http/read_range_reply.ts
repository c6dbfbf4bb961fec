import { ProtocolError } from "../../errors.ts";
import { sliceRange } from "../slice_range.ts";
import type { ByteRange } from "../store.ts";
import { HostFailure } from "./host_failure.ts";
import { parseContentRange } from "./parse_content_range.ts";
import { readBody, type ReadBodyOptions } from "./read_body.ts";
import { checkCoding, contentLength } from "./reply_checks.ts";

/** What a reply tells of an object. */
export interface RangeBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly totalSize: number | null;
}

/** What reading a reply to a range takes. */
export interface RangeReplyOptions extends Pick<ReadBodyOptions, "watchdog" | "stats"> {
  /** The address that errors show. */
  address: string;
  range: ByteRange;
}

/**
 * Reads the reply to a range request: 206, 416, or 200 of a server that knows
 * no ranges. A body that no check lets pass is left to the caller.
 *
 * @throws {ProtocolError} The reply does not fit the request.
 * @throws {HostFailure} The body is cut or stalled.
 */
export async function readRangeReply(
  response: Response,
  options: RangeReplyOptions,
): Promise<RangeBytes> {
  if (response.status === 416) return readUnsatisfied(response, options);
  checkCoding(response.headers, options.address);
  if (response.status === 206) return await readPartial(response, options);
  return await readFromWhole(response, options);
}

/** A range that starts at the end or beyond: no bytes, and the size. */
function readUnsatisfied(response: Response, { address, range }: RangeReplyOptions): RangeBytes {
  const header = response.headers.get("content-range");
  const totalSize = header === null ? null : parseContentRange(header)?.totalSize ?? null;
  if (totalSize !== null) {
    const { start, end } = sliceRange(range, totalSize);
    if (end > start) throw wrongRange(address, `answered 416 to a range inside its size`);
  }
  return { bytes: new Uint8Array(), totalSize };
}

/** A part of the object, which must be the part asked for. */
async function readPartial(response: Response, options: RangeReplyOptions): Promise<RangeBytes> {
  const { address, range } = options;
  const header = response.headers.get("content-range");
  if (header === null) throw wrongRange(address, "answered 206 without a Content-Range");
  const contentRange = parseContentRange(header);
  const sent = contentRange?.range;
  if (contentRange === null || sent === null || sent === undefined) {
    throw wrongRange(address, `answered with the unreadable Content-Range '${header}'`);
  }
  if (!fits(sent, contentRange.totalSize, range)) {
    throw wrongRange(address, `answered with '${header}', which is not the range asked for`);
  }
  const length = sent.end - sent.start + 1;
  const { bytes } = await readBody(response, { ...options, take: length + 1 });
  if (bytes.length < length) throw shortBody(bytes.length, length);
  if (bytes.length > length) throw wrongRange(address, `sent more bytes than '${header}' says`);
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
  const { range } = options;
  const announced = contentLength(response.headers);
  const part = "suffix" in range ? { last: range.suffix } : {
    skip: range.offset,
    take: announced !== null && announced <= range.offset ? 0 : range.length,
  };
  const { bytes, received, ended } = await readBody(response, { ...options, ...part });
  if (!ended) return { bytes, totalSize: announced };
  if (announced !== null && received < announced) throw shortBody(received, announced);
  return { bytes, totalSize: received };
}

function wrongRange(address: string, what: string): ProtocolError {
  return new ProtocolError(
    `${address} ${what}; its server, or a proxy on the way, does not handle ranges`,
    { address },
  );
}

/** The failure of a body that ended too early. */
export function shortBody(received: number, expected: number): HostFailure {
  return new HostFailure(`sent ${received} of ${expected} bytes`);
}
