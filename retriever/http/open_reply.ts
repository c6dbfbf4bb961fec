import { AccessDeniedError, ProtocolError, SeriesPreviewError } from "../../errors.ts";
import type { TransferStats } from "../transfer_stats.ts";
import { discardBody } from "./discard_body.ts";
import { describeReply } from "./describe_reply.ts";
import { errorCode, errorCodeOfSuccess } from "./error_code.ts";
import { followRedirect } from "./follow_redirect.ts";
import { HostFailure } from "./host_failure.ts";
import { errorContext, type HttpTry, type PreparedRequest, rangeHeader } from "./http_request.ts";
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
export async function openReply(request: HttpTry, context: ReplyContext): Promise<OpenReply> {
  let prepared = await prepare(request, context);
  for (let redirects = 0;; redirects++) {
    const response = await send(request, prepared, context);
    const refusal = await refusalIn(response, request, context);
    if (refusal === null) {
      return { response, url: response.url === "" ? prepared.url : new URL(response.url) };
    }
    const rerouted = response.status <= 400 && request.reroute?.(response.headers, prepared.url);
    const next = rerouted
      ? await prepare(request, context)
      : followRedirect(response, prepared, request);
    if (next === null) throw statusError(response, refusal.code, request, context.now());
    if (redirects === MAX_REDIRECTS) {
      const options = { ...errorContext(request), cause: describeReply(response) };
      const { address } = request;
      throw new ProtocolError(`${address} redirects more than ${MAX_REDIRECTS} times`, options);
    }
    prepared = next;
  }
}

/** Makes the URL and the headers; whatever that takes is as short of time as the request itself. */
async function prepare(request: HttpTry, { watchdog }: ReplyContext): Promise<PreparedRequest> {
  const { signal } = watchdog;
  return await watchdog.race((async () => await request.prepare({ signal }))());
}

/** The refusal that a reply is, with its error code if it has one; null for a reply to be read. */
async function refusalIn(
  response: Response,
  { range }: HttpTry,
  context: ReplyContext,
): Promise<{ readonly code: string | null } | null> {
  const { status } = response;
  if (status === 200) {
    const code = await errorCodeOfSuccess(response, context);
    if (code === null) return null;
    discardBody(response);
    return { code };
  }
  if (range !== undefined && (status === 206 || status === 416)) return null;
  return { code: await errorCode(response, context) };
}

async function send(
  request: HttpTry,
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
  const response = await fetchOnce(prepared.url, init, request, context);
  if (response.type !== "opaqueredirect") return response;
  // A browser hides where a redirect leads, and follows it by the same rules of origins.
  return await fetchOnce(prepared.url, { ...init, redirect: "follow" }, request, context);
}

async function fetchOnce(
  url: URL,
  init: RequestInit,
  request: HttpTry,
  { fetch, stats, watchdog }: ReplyContext,
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
    throw fetchError(error, url, request);
  }
}

function fetchError(
  error: unknown,
  { host }: URL,
  request: HttpTry,
): SeriesPreviewError | HostFailure {
  if (error instanceof SeriesPreviewError) return error;
  const options = { ...errorContext(request), cause: error };
  if (error instanceof Error && /^(NotCapable|PermissionDenied)$/.test(error.name)) {
    return new AccessDeniedError(
      `no permission to reach ${host}; run again with --allow-net=${host}`,
      options,
    );
  }
  const failure = HostFailure.from(error, host);
  // Where a name is allowed, the address that it stands for can be denied all the same.
  const denied = /Requires net access to "([^"]+)"/.exec(`${failure.cause}`)?.[1];
  if (denied === undefined) return failure;
  const name = denied.replace(/:\d+$/, "") === host.replace(/:\d+$/, "")
    ? ""
    : `, which is ${host}`;
  return new AccessDeniedError(
    `no permission to reach ${denied}${name}; --deny-net forbids it`,
    { ...options, cause: failure.cause },
  );
}
