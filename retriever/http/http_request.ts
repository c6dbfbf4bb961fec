import type { SeriesPreviewErrorOptions } from "../../errors.ts";
import type { AbortOptions } from "../../runtime/abort_options.ts";
import type { ByteRange } from "../store.ts";

/** Where one try of a request goes and the headers it carries. */
export interface PreparedRequest {
  readonly url: URL;
  /** Credentials and their like; range and condition are added by the client. */
  readonly headers: Headers;
}

/** A read as a store words it for the HTTP client. */
export interface HttpRequest extends AbortOptions {
  /** The address that errors show: no credentials, no query. */
  readonly address: string;
  /** Makes a try's URL and headers; called anew for each try, as signatures age. */
  prepare(options: AbortOptions): PreparedRequest | Promise<PreparedRequest>;
  /**
   * Looks at a redirect or refusal (3xx, 400). True when the next
   * {@linkcode HttpRequest.prepare} goes elsewhere and shall be tried at once.
   */
  reroute?(headers: Headers, refused: URL): boolean;
  /** What to try when access is refused, as the end of the error's line. */
  readonly accessHint?: string | undefined;
  /** Whether a web page that comes in place of the object, as of a log-in, is an error. */
  readonly refusesPages?: boolean | undefined;
  /** The bytes to read; the whole object when absent. */
  readonly range?: ByteRange | undefined;
  /** The ETag the object must still have. */
  readonly etag?: string | null | undefined;
}

/** One of the tries of a read. */
export interface HttpTry extends HttpRequest {
  /** Which one it is, from 1. */
  readonly attempts: number;
}

/**
 * The range that a whole object is: asked for as one, since the reply then tells the object's size,
 * and a body that ends too early is found out whatever way it is sent.
 */
export const WHOLE_OBJECT: ByteRange = { offset: 0, length: Number.MAX_SAFE_INTEGER };

/** What the error of a try tells beside its message. */
export function errorContext({ address, range, attempts }: HttpTry): SeriesPreviewErrorOptions {
  const isPart = range !== undefined && range !== WHOLE_OBJECT;
  return { address, range: isPart ? rangeHeader(range) : undefined, attempts };
}

/** The value of the `Range` header that asks for a range; a byte even where none is wanted. */
export function rangeHeader(range: ByteRange): string {
  // A range of no bytes cannot be worded; one byte tells the object's size as well.
  if ("suffix" in range) return `bytes=-${Math.max(1, range.suffix)}`;
  const end = range.offset + Math.max(1, range.length);
  return `bytes=${range.offset}-${end < Number.MAX_SAFE_INTEGER ? end - 1 : ""}`;
}
