import {
  AccessDeniedError,
  NotFoundError,
  ObjectChangedError,
  ProtocolError,
  type SeriesPreviewError,
} from "../../errors.ts";
import { describeReply } from "./describe_reply.ts";
import { HostFailure } from "./host_failure.ts";
import { errorContext, type HttpTry } from "./http_request.ts";
import { parseRetryAfter } from "./parse_retry_after.ts";

/** Codes of S3 and GCS that say the same as a status, beside which another one may stand. */
const PASSING =
  /^(Internal(Error|Failure)|ServiceUnavailable|SlowDown|Busy|RequestTimeout|Throttling\w*|TooManyRequests)$/;
const MISSING = /^NoSuch(Key|Bucket|Version)$/;
const REFUSED =
  /^((All)?AccessDenied|AllAccessDisabled|InvalidAccessKeyId|SignatureDoesNotMatch|(Expired|Invalid)Token)$/;

/**
 * Words the error of a reply that is no success: a tagged error, or a
 * {@linkcode HostFailure} when the request may be made again.
 *
 * @param code The error code in the reply's body, as S3 and GCS send it.
 */
export function statusError(
  response: Response,
  code: string | null,
  request: HttpTry,
  now: number,
): SeriesPreviewError | HostFailure {
  const { status } = response;
  const { address } = request;
  const what = status === 200
    ? `200 with the error ${code || "of no code"}`
    : code === null
    ? `${status}`
    : `${status} ${code}`;
  // What a server means by a status is told by the status.
  const meant = status === 200 || status === 400 ? code ?? "" : "";
  const cause = describeReply(response);
  const options = { ...errorContext(request), cause };
  if (status === 408 || status === 429 || status >= 500 || PASSING.test(meant)) {
    const retryAfter = parseRetryAfter(response.headers.get("retry-after"), now);
    return new HostFailure(`answered ${what}`, { status, retryAfter, cause });
  }
  if (status === 404 || status === 410 || MISSING.test(meant)) {
    return new NotFoundError(`nothing at ${address} (${what}); check the address`, options);
  }
  if (status === 401 || status === 403 || status === 407 || REFUSED.test(meant)) {
    const hint = request.accessHint ?? "check the address and your right to read it";
    return new AccessDeniedError(`no access to ${address} (${what}); ${hint}`, options);
  }
  if (status === 412) {
    return new ObjectChangedError(
      `${address} is not the object it was (${what}); read the series anew with --rebuild`,
      options,
    );
  }
  return new ProtocolError(
    `${address} answered ${what}, which no read can use; check the address`,
    options,
  );
}
