import { LimitError } from "../../errors.ts";
import { abortable } from "../../runtime/abortable.ts";
import { delay } from "../../runtime/delay.ts";
import { checkRange } from "../check_range.ts";
import type { StoreReply } from "../store.ts";
import type { StoreOptions } from "../store_options.ts";
import { createTransferStats, type TransferStats } from "../transfer_stats.ts";
import { discardBody } from "./discard_body.ts";
import { HostFailure } from "./host_failure.ts";
import type { HttpRequest } from "./http_request.ts";
import { networkError } from "./network_error.ts";
import { type OpenReply, openReply } from "./open_reply.ts";
import { readBody } from "./read_body.ts";
import { readRangeReply, shortBody } from "./read_range_reply.ts";
import { checkETag, contentLength } from "./reply_checks.ts";
import { retryDelay } from "./retry_delay.ts";
import { Watchdog } from "./watchdog.ts";

/** Longest listing or page that is read, in bytes. */
const MAX_TEXT_SIZE = 64 * 1024 * 1024;

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
type Consume<T> = (reply: OpenReply, watchdog: Watchdog) => Promise<T>;

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
   * @throws {NetworkError} The host failed to the last try.
   */
  async read(request: HttpRequest): Promise<HttpReply> {
    const { range, etag: expected, address } = request;
    if (range !== undefined) checkRange(range);
    return await this.#retry(request, async ({ response, url }, watchdog) => {
      const etag = response.headers.get("etag");
      const contentType = response.headers.get("content-type");
      checkETag(etag, expected, address);
      const { bytes, totalSize } = range === undefined
        ? await this.#readWhole(response, watchdog)
        : await readRangeReply(response, { address, range, watchdog, stats: this.#stats });
      return { bytes, totalSize, etag, url, contentType };
    });
  }

  /**
   * Reads a page or a listing.
   *
   * @throws {SeriesPreviewError} As {@linkcode HttpClient.read} does.
   * @throws {LimitError} It is longer than 64 MiB.
   */
  async readText(request: HttpRequest): Promise<HttpText> {
    return await this.#retry(request, async ({ response, url }, watchdog) => {
      const { address } = request;
      if ((contentLength(response.headers) ?? 0) > MAX_TEXT_SIZE) throw tooLong(address);
      const { bytes } = await this.#readWhole(response, watchdog, MAX_TEXT_SIZE + 1);
      if (bytes.length > MAX_TEXT_SIZE) throw tooLong(address);
      const contentType = response.headers.get("content-type");
      return { text: new TextDecoder().decode(bytes), url, contentType };
    });
  }

  async #readWhole(
    response: Response,
    watchdog: Watchdog,
    take = Infinity,
  ): Promise<Pick<StoreReply, "bytes" | "totalSize">> {
    const { bytes } = await readBody(response, { watchdog, stats: this.#stats, take });
    const announced = contentLength(response.headers);
    if (announced !== null && bytes.length < announced) throw shortBody(bytes.length, announced);
    return { bytes, totalSize: bytes.length };
  }

  /** Makes a request until its reply could be read, or is not worth another try. */
  async #retry<T>(request: HttpRequest, consume: Consume<T>): Promise<T> {
    const { signal } = request;
    const deadline = this.#now() + this.#timeout;
    let wait = 0;
    for (let attempts = 1;; attempts++) {
      signal?.throwIfAborted();
      const outcome = await this.#try(request, deadline - this.#now(), consume);
      if (!(outcome instanceof HostFailure)) return outcome;
      signal?.throwIfAborted();
      if (attempts >= outcome.tries) {
        throw networkError(request, outcome, { attempts, timeout: null });
      }
      wait = retryDelay({ previous: wait, retryAfter: outcome.retryAfter, random: this.#random() });
      if (this.#now() + wait >= deadline) {
        throw networkError(request, outcome, { attempts, timeout: this.#timeout });
      }
      await abortable(this.#sleep(wait, signal), signal);
      this.#stats.retries++;
    }
  }

  /** Makes a request once; answers the failure when it may be made again. */
  async #try<T>(
    request: HttpRequest,
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
      return await consume(reply, watchdog);
    } catch (error) {
      if (error instanceof HostFailure) return error;
      throw error;
    } finally {
      if (reply !== undefined) discardBody(reply.response);
      watchdog.stop();
    }
  }
}

function tooLong(address: string): LimitError {
  return new LimitError(`the listing at ${address} is longer than 64 MiB`, { address });
}
