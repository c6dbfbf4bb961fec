import { NetworkError } from "../../errors.ts";
import type { HostFailure } from "./host_failure.ts";
import { errorContext, type HttpTry } from "./http_request.ts";

/**
 * Words the error of a read that failed for the host's reasons to the last.
 *
 * @param last The last of its tries.
 * @param timeout The deadline that ended it, in milliseconds; null when its tries were used up.
 */
export function networkError(
  last: HttpTry,
  failure: HostFailure,
  timeout: number | null,
): NetworkError {
  return new NetworkError(line(last, failure, timeout), {
    ...errorContext(last),
    status: failure.status,
    cause: failure.cause ?? failure,
  });
}

function line(
  { address, attempts }: HttpTry,
  failure: HostFailure,
  timeout: number | null,
): string {
  const { unreachable, message, retryAfter } = failure;
  if (unreachable !== null) {
    return `cannot reach ${unreachable}: ${message}; check the address or the network`;
  }
  const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
  if (timeout === null) return `cannot read ${address}: ${message} (${tries}); try again later`;
  const asked = !retryAfter ? "" : `, asking to wait ${Math.ceil(retryAfter / 1000)} s`;
  const limit = `${timeout / 1000} s`;
  return `cannot read ${address} within ${limit}: ${message}${asked} (${tries}); allow more time`;
}
