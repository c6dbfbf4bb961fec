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
  address?: string | undefined;
  /** The range asked for, as in `bytes=0-5119`, where the error is of one read. */
  range?: string | undefined;
  /** How many times the request was made, where the error is of one. */
  attempts?: number | undefined;
  /** The instances whose failures add up to this one. */
  failed?: readonly FailedRead[] | undefined;
}

/** The base of every error thrown by this package. */
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
  status?: number | undefined;
}

/** The host failed: unreachable, reset, stalled, or answering 408, 429 or 5xx to the last try. */
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

/** A read that was not tried, since the reads before it failed for the host's reasons. */
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

/** The pixels are in a transfer syntax that cannot be decoded. */
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

/** The address matches several series. */
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
