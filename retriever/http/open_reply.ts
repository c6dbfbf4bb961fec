import { AccessDeniedError, ProtocolError, SeriesPreviewError } from "../../errors.ts";
import type { TransferStats } from "../transfer_stats.ts";
import { discardBody } from "./discard_body.ts";
import { errorCode } from "./error_code.ts";
import { followRedirect } from "./follow_redirect.ts";
import { HostFailure } from "./host_failure.ts";
import { type HttpRequest, type PreparedRequest, rangeHeader } from "./http_request.ts";
import { statusError } from "./status_error.ts";
import type { Watchdog } from "./watchdog.ts";

/** Redirects followed for one try. */
const MAX_REDIRECTS = 3;

/** What one try of a request works with. */
export interface ReplyContext {
  readonly fetch: typeof fetch;
  readonly stats: TransferStats;
  readonly watchdog: Watchdog;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** A reply whose body is still to be read. */
export interface OpenReply {
  readonly response: Response;
  /** The URL after redirects. */
  readonly url: URL;
}

/**
 * Makes a request once, redirects followed by hand, and answers the reply to
 * read: 200, and to a range 206 and 416.
 *
 * @throws {SeriesPreviewError} The server refused it.
 * @throws {HostFailure} The host failed; it may be tried again.
 */
export async function openReply(request: HttpRequest, context: ReplyContext): Promise<OpenReply> {
  let prepared = await request.prepare();
  for (let redirects = 0;; redirects++) {
    const response = await send(request, prepared, context);
    const { status } = response;
    if (status === 200 || (request.range !== undefined && (status === 206 || status === 416))) {
      return { response, url: response.url === "" ? prepared.url : new URL(response.url) };
    }
    const code = await errorCode(response, context);
    const rerouted = status <= 400 && request.reroute?.(response.headers, prepared.url);
    const next = rerouted
      ? await request.prepare()
      : followRedirect(response, prepared, request.address);
    if (next === null) throw statusError(response, code, request, context.now());
    if (redirects === MAX_REDIRECTS) {
      const { address } = request;
      throw new ProtocolError(`${address} redirects more than ${MAX_REDIRECTS} times`, { address });
    }
    prepared = next;
  }
}

async function send(
  request: HttpRequest,
  prepared: PreparedRequest,
  context: ReplyContext,
): Promise<Response> {
  const { range, etag } = request;
  const headers = new Headers(prepared.headers);
  if (range !== undefined) {
    headers.set("range", rangeHeader(range));
    // A compressed reply has other offsets. Browsers set this themselves and ignore ours.
    headers.set("accept-encoding", "identity");
  }
  // A weak ETag never matches in If-Match (RFC 9110, 13.1.1): only the reply's is compared with it.
  if (etag && !etag.startsWith("W/")) headers.set("if-match", etag);
  const init: RequestInit = { headers, redirect: "manual", signal: context.watchdog.signal };
  const { address } = request;
  const response = await fetchOnce(prepared.url, init, { ...context, address });
  if (response.type !== "opaqueredirect") return response;
  // A browser hides where a redirect leads, and follows it by the same rules of origins.
  return await fetchOnce(prepared.url, { ...init, redirect: "follow" }, { ...context, address });
}

async function fetchOnce(
  url: URL,
  init: RequestInit,
  { fetch, stats, watchdog, address }: ReplyContext & { address: string },
): Promise<Response> {
  stats.requests++;
  const reply = (async () => await fetch(url, init))();
  try {
    const response = await watchdog.race(reply);
    watchdog.touch();
    return response;
  } catch (error) {
    // A reply that comes after all is wanted no more; that it fails was told already.
    reply.then(discardBody, () => {});
    if (watchdog.signal.aborted) throw watchdog.signal.reason;
    throw fetchError(error, url, address);
  }
}

function fetchError(error: unknown, url: URL, address: string): SeriesPreviewError | HostFailure {
  if (error instanceof SeriesPreviewError) return error;
  if (error instanceof Error && /^(NotCapable|PermissionDenied)$/.test(error.name)) {
    return new AccessDeniedError(
      `no permission to reach ${url.host}; run again with --allow-net=${url.host}`,
      { address, cause: error },
    );
  }
  return HostFailure.from(error, url.host);
}
