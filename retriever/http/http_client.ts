import { abortable } from "../../runtime/abortable.ts";
import { delay } from "../../runtime/delay.ts";
import { checkRange } from "../check_range.ts";
import type { StoreReply } from "../store.ts";
import type { StoreOptions } from "../store_options.ts";
import { createTransferStats, type TransferStats } from "../transfer_stats.ts";
import { describeReply } from "./describe_reply.ts";
import { discardBody } from "./discard_body.ts";
import { HostFailure } from "./host_failure.ts";
import { type HttpRequest, type HttpTry, WHOLE_OBJECT } from "./http_request.ts";
import { isCutText } from "./is_cut_text.ts";
import { networkError } from "./network_error.ts";
import { type OpenReply, openReply } from "./open_reply.ts";
import { readBody } from "./read_body.ts";
import { readRangeReply, shortBody } from "./read_range_reply.ts";
import { checkETag, checkPage, contentLength } from "./reply_checks.ts";
import { retryDelay } from "./retry_delay.ts";
import { tooLong } from "./too_long.ts";
import { Watchdog } from "./watchdog.ts";

/** Longest listing or page that is read, in bytes. */
const MAX_TEXT_SIZE = 64 * 2 ** 20;
/** Longest object that is read whole, in bytes; ranges are as long as they are asked for. */
const MAX_OBJECT_SIZE = 2 ** 30;
/** How many times a listing is read whose end is missing. */
const CUT_TEXT_TRIES = 3;

/** A reply to a read, and where it came from in the end. */
export interface HttpReply extends StoreReply {
  /** The URL after redirects. */
  readonly url: URL;
  readonly contentType: string | null;
}

/** A page or listing. */
export interface HttpText {
  readonly text: string;
  /** The URL after redirects. */
  readonly url: URL;
  readonly contentType: string | null;
}

/** Reads a reply's body under the watch of its try. */
type Consume<T> = (reply: OpenReply, request: HttpTry, watchdog: Watchdog) => Promise<T>;

/**
 * Reads over HTTP as every store needs it: by GET only, with retries, one
 * deadline, redirects followed by hand, and replies that must fit the request.
 *
 * Retried, up to 5 tries with growing random waits: 408, 429, 5xx, lost and
 * stalled connections, short bodies. Never retried: a reply that does not fit
 * the request, 401, 403, 404.
 */
export class HttpClient {
  readonly #fetch: typeof fetch;
  readonly #stats: TransferStats;
  readonly #timeout: number;
  readonly #idleTimeout: number;
  readonly #sleep: NonNullable<StoreOptions["sleep"]>;
  readonly #now: () => number;
  readonly #timers: StoreOptions["timers"];
  readonly #random: () => number;

  /** Makes a client; nothing happens before its first request. */
  constructor(options: StoreOptions = {}) {
    // Called free of any object, as browsers insist, and looked up late for those who replace it.
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#stats = options.stats ?? createTransferStats();
    this.#timeout = options.timeout ?? 60_000;
    this.#idleTimeout = options.idleTimeout ?? 10_000;
    this.#sleep = options.sleep ?? delay;
    this.#now = options.now ?? Date.now;
    this.#timers = options.timers;
    this.#random = options.random ?? Math.random;
  }

  /**
   * Reads an object, or the range of it that the request names.
   *
   * @throws {NotFoundError} 404 or 410.
   * @throws {AccessDeniedError} 401 or 403, or the runtime's permissions.
   * @throws {ObjectChangedError} The object has another ETag than the request's.
   * @throws {ProtocolError} The reply does not fit the request.
   * @throws {LimitError} A whole object is longer than 1 GiB.
   * @throws {NetworkError} The host failed to the last try.
   */
  async read(wanted: HttpRequest): Promise<HttpReply> {
    const { range = WHOLE_OBJECT } = wanted;
    checkRange(range);
    const limit = wanted.range === undefined ? MAX_OBJECT_SIZE : Infinity;
    return await this.#retry({ ...wanted, range }, async (reply, request, watchdog) => {
      const { response, url } = reply;
      checkPage(response, request);
      checkETag(response, request);
      const options = { request, range, limit, watchdog, stats: this.#stats };
      const { bytes, totalSize } = await readRangeReply(response, options);
      const etag = response.headers.get("etag");
      const contentType = response.headers.get("content-type");
      return { bytes, totalSize, etag, url, contentType };
    });
  }

  /**
   * Reads a page or a listing. One whose end is missing is read again.
   *
   * @throws {SeriesPreviewError} As {@linkcode HttpClient.read} does.
   * @throws {LimitError} It is longer than 64 MiB.
   */
  async readText(wanted: HttpRequest): Promise<HttpText> {
    return await this.#retry(wanted, async ({ response, url }, request, watchdog) => {
      const announced = contentLength(response.headers) ?? 0;
      if (announced > MAX_TEXT_SIZE) throw tooLong(response, request, MAX_TEXT_SIZE);
      const options = { watchdog, stats: this.#stats, take: MAX_TEXT_SIZE + 1 };
      const { bytes } = await readBody(response, options);
      if (bytes.length > MAX_TEXT_SIZE) throw tooLong(response, request, MAX_TEXT_SIZE);
      if (bytes.length < announced) throw shortBody(bytes.length, announced);
      const text = new TextDecoder().decode(bytes);
      if (isCutText(text)) {
        const cause = describeReply(response);
        throw new HostFailure("sent a listing without its end", { cause, tries: CUT_TEXT_TRIES });
      }
      return { text, url, contentType: response.headers.get("content-type") };
    });
  }

  /** Makes a request until its reply could be read, or is not worth another try. */
  async #retry<T>(wanted: HttpRequest, consume: Consume<T>): Promise<T> {
    const { signal } = wanted;
    const deadline = this.#now() + this.#timeout;
    let wait = 0;
    for (let attempts = 1;; attempts++) {
      signal?.throwIfAborted();
      const request = { ...wanted, attempts };
      const outcome = await this.#try(request, deadline - this.#now(), consume);
      if (!(outcome instanceof HostFailure)) return outcome;
      signal?.throwIfAborted();
      if (attempts >= outcome.tries) throw outcome.verdict ?? networkError(request, outcome, null);
      wait = retryDelay({ previous: wait, retryAfter: outcome.retryAfter, random: this.#random() });
      if (this.#now() + wait >= deadline) {
        throw networkError(request, outcome, this.#timeout);
      }
      await abortable(this.#sleep(wait, signal), signal);
      this.#stats.retries++;
    }
  }

  /** Makes a request once; answers the failure when it may be made again. */
  async #try<T>(
    request: HttpTry,
    remaining: number,
    consume: Consume<T>,
  ): Promise<T | HostFailure> {
    const { signal } = request;
    const [idleTimeout, timers] = [this.#idleTimeout, this.#timers];
    const watchdog = new Watchdog({ signal, idleTimeout, remaining, timers });
    const [fetch, stats, now] = [this.#fetch, this.#stats, this.#now];
    let reply: OpenReply | undefined;
    try {
      reply = await openReply(request, { fetch, stats, now, watchdog });
      return await consume(reply, request, watchdog);
    } catch (error) {
      if (error instanceof HostFailure) return error;
      throw error;
    } finally {
      if (reply !== undefined) discardBody(reply.response);
      watchdog.stop();
    }
  }
}
