/**
 * The tagged errors of series-preview. A leaf: it imports nothing.
 *
 * Every error says in one line what went wrong, where, and what to try. The
 * address it happened at and the error that caused it are fields, so a program
 * can act on them without reading the message.
 *
 * @module
 */

/** One of several instances that could not be read or drawn. */
export interface FailedRead {
  /** The instance's address. */
  readonly url: string;
  /** Why, in one line. */
  readonly error: string;
}

/** What every error of this package carries beside its message. */
export interface SeriesPreviewErrorOptions extends ErrorOptions {
  /** The address (instance, series or file) the error is about, without query or credentials. */
  readonly address?: string | undefined;
  /** The range asked for, as in `bytes=0-5119`, where the error is of one read. */
  readonly range?: string | undefined;
  /** How many times the request was made, where the error is of one. */
  readonly attempts?: number | undefined;
  /** The instances whose failures add up to this one. */
  readonly failed?: readonly FailedRead[] | undefined;
}

/**
 * The base of every error thrown by this package.
 *
 * @example Telling errors apart
 * ```ts
 * import { SeriesPreviewError, UsageError } from "@dicom/series-preview";
 * import { parseContrast } from "@dicom/series-preview/contrast";
 * import { assert } from "@std/assert";
 *
 * try {
 *   parseContrast("lnug");
 * } catch (error) {
 *   // What is wrong in the call, what is wrong with the world, and what is a bug.
 *   if (error instanceof UsageError) assert(error.message.includes("lung"));
 *   else if (error instanceof SeriesPreviewError) console.error(error.address, error.cause);
 *   else throw error;
 * }
 * ```
 *
 * @example What each kind is thrown for
 * ```ts
 * import * as errors from "@dicom/series-preview";
 * import { parseContrast } from "@dicom/series-preview/contrast";
 * import * as dicom from "@dicom/series-preview/dicom";
 * import { getCacheDirectory, readIndex } from "@dicom/series-preview/index-cache";
 * import { encodeImage } from "@dicom/series-preview/mosaic";
 * import { HttpStore, MemoryStore } from "@dicom/series-preview/retriever";
 * import { assertRejects, assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseContrast("lnug"), errors.UsageError, "did you mean");
 *
 * // Of the source: what it holds, what it allows, how it answers.
 * const store = new MemoryStore(new Map([["1.dcm", new Uint8Array(9)]]));
 * await assertRejects(() => store.get("2.dcm"), errors.NotFoundError);
 * await assertRejects(() => store.get("1.dcm", { etag: "old" }), errors.ObjectChangedError);
 * const web = (status: number, headers?: HeadersInit) =>
 *   new HttpStore("https://example.org/", {
 *     fetch: () => Promise.resolve(new Response("ab", { status, ...(headers && { headers }) })),
 *   });
 * await assertRejects(() => web(403).get("1.dcm"), errors.AccessDeniedError);
 * const wrong = web(206, { "content-range": "bytes 7-8/9" });
 * await assertRejects(() => wrong.getRange("1.dcm", { offset: 0, length: 2 }), errors.ProtocolError);
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/notes.txt`, "no instance");
 * await assertRejects(
 *   () => errors.SeriesIndex.open(folder, { cache: false }),
 *   errors.EmptySeriesError,
 * );
 * await Deno.remove(folder, { recursive: true });
 *
 * // Of the instances: their headers, their pixels.
 * const parse = (text: string, limits = {}) => {
 *   const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
 *   return dicom.parseHeader(bytes, { totalSize: bytes.length, limits });
 * };
 * const modality = "\x08\0\x60\0\x02\0\0\0CT";
 * assertThrows(() => parse("<title>Please log in</title>"), errors.NotDicomError);
 * assertThrows(() => parse(modality.slice(0, -1)), errors.InvalidHeaderError);
 * assertThrows(() => parse(modality, { maxHeaderBytes: 4 }), errors.LimitError);
 * assertThrows(() => dicom.imageDescriber({ Modality: "RTPLAN" }), errors.NoImageError);
 * assertThrows(() => dicom.splitFrames(new Uint8Array(3), 1), errors.DecodeError);
 *
 * // Of what is kept and written.
 * await assertRejects(() => readIndex(new Uint8Array(9)), errors.InvalidIndexError);
 * const env = () => undefined;
 * assertThrows(() => getCacheDirectory({ env, platform: "linux" }), errors.CacheError);
 * const none = { width: 0, height: 0, channels: 1, data: new Uint8Array() } as const;
 * await assertRejects(() => encodeImage(none, { format: "webp" }), errors.OutputError);
 * ```
 */
export class SeriesPreviewError extends Error {
  /** The address the error is about, when there is one. */
  readonly address: string | null;
  /** The range asked for, as in `bytes=0-5119`; null for a whole object, and what is no read. */
  readonly range: string | null;
  /** How many times the request was made; null where none was. */
  readonly attempts: number | null;
  /** The instances whose failures add up to this one; empty for an error of one thing. */
  readonly failed: readonly FailedRead[];

  /** Makes an error with a one-line message. */
  constructor(message: string, options: SeriesPreviewErrorOptions = {}) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.address = options.address ?? null;
    this.range = options.range ?? null;
    this.attempts = options.attempts ?? null;
    this.failed = options.failed ?? [];
  }
}

/** The words of the call are wrong: an unknown option, preset or suffix, or a value out of range. */
export class UsageError extends SeriesPreviewError {}

/** Nothing is at the address: a missing object, folder or bucket. */
export class NotFoundError extends SeriesPreviewError {}

/** The source, or the runtime's permissions, refuse access. */
export class AccessDeniedError extends SeriesPreviewError {}

/** What a {@linkcode NetworkError} tells beside its address. */
export interface NetworkErrorOptions extends SeriesPreviewErrorOptions {
  /** The last HTTP status, when there was a reply. */
  readonly status?: number | undefined;
}

/**
 * The host failed: unreachable, reset, stalled, or answering 408, 429 or 5xx to the last try.
 *
 * @example
 * ```ts
 * import { NetworkError } from "@dicom/series-preview";
 * import { HttpStore } from "@dicom/series-preview/retriever";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const fetch = () => Promise.resolve(new Response("", { status: 503 }));
 * const store = new HttpStore("https://example.org/", { fetch, sleep: () => Promise.resolve() });
 * const error = await assertRejects(() => store.get("1.dcm"), NetworkError);
 * assertEquals([error.status, error.attempts], [503, 5]);
 * ```
 */
export class NetworkError extends SeriesPreviewError {
  /** How many times the request was made; 0 where it was not tried. */
  declare readonly attempts: number;
  /** The last HTTP status, or null when no reply came. */
  readonly status: number | null;

  /** Makes an error for a request that failed for the host's reasons. */
  constructor(message: string, options: NetworkErrorOptions = {}) {
    super(message, { ...options, attempts: options.attempts ?? 1 });
    this.status = options.status ?? null;
  }
}

/**
 * A read that was not tried, since the reads before it failed for the host's reasons.
 *
 * @example
 * ```ts
 * import { NetworkError, NotTriedError } from "@dicom/series-preview";
 * import { readInOrder } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const read = () => Promise.reject(new NetworkError("the host is down"));
 * const names = Array.from({ length: 10 }, (_, number) => `${number}.dcm`);
 * const outcomes = await Array.fromAsync(readInOrder(names, String, read, { concurrency: 1 }));
 * assertEquals(outcomes.filter(({ error }) => error instanceof NotTriedError).length, 2);
 * ```
 */
export class NotTriedError extends NetworkError {}

/** The reply breaks the protocol: a wrong `Content-Range`, a listing that cannot be read. */
export class ProtocolError extends SeriesPreviewError {}

/** The object is another than the one first seen: its ETag or size changed. */
export class ObjectChangedError extends SeriesPreviewError {}

/** The object is not a DICOM file. */
export class NotDicomError extends SeriesPreviewError {}

/** The header breaks the rules of PS3.5 or PS3.10, or the object ends inside it. */
export class InvalidHeaderError extends SeriesPreviewError {}

/** A limit was reached that keeps hostile input from costing memory or time. */
export class LimitError extends SeriesPreviewError {}

/** The instance or series has no image to show. */
export class NoImageError extends SeriesPreviewError {}

/**
 * The pixels are in a transfer syntax that cannot be decoded.
 *
 * @example
 * ```ts
 * import { UnsupportedTransferSyntaxError } from "@dicom/series-preview";
 * import { requireDecodable } from "@dicom/series-preview/dicom";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const mpeg2 = "1.2.840.10008.1.2.4.100";
 * const error = assertThrows(() => requireDecodable(mpeg2), UnsupportedTransferSyntaxError);
 * assertEquals(error.transferSyntaxUID, mpeg2);
 * ```
 */
export class UnsupportedTransferSyntaxError extends SeriesPreviewError {
  /** The UID of the transfer syntax. */
  readonly transferSyntaxUID: string;

  /** Makes an error that names the transfer syntax. */
  constructor(message: string, transferSyntaxUID: string, options: SeriesPreviewErrorOptions = {}) {
    super(message, options);
    this.transferSyntaxUID = transferSyntaxUID;
  }
}

/** The pixel data cannot be decoded: cut, corrupt, or in disagreement with the header. */
export class DecodeError extends SeriesPreviewError {}

/**
 * The address matches several series.
 *
 * @example
 * ```ts
 * import { AmbiguousSeriesError } from "@dicom/series-preview";
 * import { locateSeries } from "@dicom/series-preview/retriever";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const root = await Deno.makeTempDir();
 * for (const name of ["head-1", "head-2"]) await Deno.mkdir(`${root}/${name}`);
 * const error = await assertRejects(() => locateSeries("head*", { root }), AmbiguousSeriesError);
 * assertEquals(error.candidates, ["head-1", "head-2"]);
 * await Deno.remove(root, { recursive: true });
 * ```
 */
export class AmbiguousSeriesError extends SeriesPreviewError {
  /** The series that match: SeriesInstanceUIDs, or folder names. */
  readonly candidates: readonly string[];

  /** Makes an error that lists the candidates. */
  constructor(
    message: string,
    candidates: readonly string[],
    options: SeriesPreviewErrorOptions = {},
  ) {
    super(message, options);
    this.candidates = candidates;
  }
}

/** The series has no DICOM instance, or none that could be read. */
export class EmptySeriesError extends SeriesPreviewError {}

/** A cached index cannot be used: damaged, of another schema, or of another series. */
export class InvalidIndexError extends SeriesPreviewError {}

/** The cache cannot be read or written. */
export class CacheError extends SeriesPreviewError {}

/** The output cannot be written. */
export class OutputError extends SeriesPreviewError {}
