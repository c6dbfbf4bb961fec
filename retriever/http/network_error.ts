import { NetworkError } from "../../errors.ts";
import type { HostFailure } from "./host_failure.ts";
import { type HttpRequest, rangeHeader } from "./http_request.ts";

/** How a read came to its end. */
export interface NetworkErrorContext {
  /** How many times it was tried. */
  attempts: number;
  /** The deadline that ended it, in milliseconds; null when its tries were used up. */
  timeout: number | null;
}

/** Words the error of a read that failed for the host's reasons to the last. */
export function networkError(
  request: HttpRequest,
  failure: HostFailure,
  { attempts, timeout }: NetworkErrorContext,
): NetworkError {
  const { address, range } = request;
  return new NetworkError(line(address, failure, { attempts, timeout }), {
    address,
    attempts,
    status: failure.status,
    range: range === undefined ? undefined : rangeHeader(range),
    cause: failure.cause,
  });
}

function line(
  address: string,
  failure: HostFailure,
  { attempts, timeout }: NetworkErrorContext,
): string {
  const { unreachable, message, retryAfter } = failure;
  if (unreachable !== null) {
    return `cannot reach ${unreachable}: ${message}; check the address or the network`;
  }
  const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
  if (timeout === null) return `cannot read ${address}: ${message} (${tries}); try again later`;
  const asked = retryAfter === null ? "" : `, asking to wait ${Math.ceil(retryAfter / 1000)} s`;
  const limit = `${timeout / 1000} s`;
  return `cannot read ${address} within ${limit}: ${message}${asked} (${tries}); allow more time`;
}
