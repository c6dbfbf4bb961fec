import {
  AccessDeniedError,
  NotFoundError,
  ObjectChangedError,
  ProtocolError,
  type SeriesPreviewError,
} from "../../errors.ts";
import { HostFailure } from "./host_failure.ts";
import type { HttpRequest } from "./http_request.ts";
import { parseRetryAfter } from "./parse_retry_after.ts";

/**
 * Words the error of a reply that is no success: a tagged error, or a
 * {@linkcode HostFailure} when the request may be made again.
 *
 * @param code The error code in the reply's body, as S3 and GCS send it.
 */
export function statusError(
  response: Response,
  code: string | null,
  request: HttpRequest,
  now: number,
): SeriesPreviewError | HostFailure {
  const { status } = response;
  const { address } = request;
  const what = code === null ? `${status}` : `${status} ${code}`;
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfter = parseRetryAfter(response.headers.get("retry-after"), now);
    return new HostFailure(`answered ${what}`, { status, retryAfter });
  }
  if (status === 404 || status === 410) {
    return new NotFoundError(`nothing at ${address} (${what}); check the address`, { address });
  }
  if (status === 401 || status === 403 || status === 407 || code === "ExpiredToken") {
    const hint = request.accessHint ?? "check the address and your right to read it";
    return new AccessDeniedError(`no access to ${address} (${what}); ${hint}`, { address });
  }
  if (status === 412) {
    return new ObjectChangedError(
      `${address} is not the object it was (${what}); read the series anew with --rebuild`,
      { address },
    );
  }
  return new ProtocolError(
    `${address} answered ${what}, which no read can use; check the address`,
    { address },
  );
}
