import { discardBody } from "./discard_body.ts";
import { HostFailure } from "./host_failure.ts";
import { readBody, type ReadBodyOptions } from "./read_body.ts";

/** How much of an error's body is read for its code, in bytes. */
const MAX_ERROR_SIZE = 4096;

/**
 * Reads the error code of S3 or GCS, as in `<Code>SlowDown</Code>`, from the
 * body of a reply that is no success; null where there is none. The body is
 * used up.
 */
export async function errorCode(
  response: Response,
  options: Pick<ReadBodyOptions, "watchdog" | "stats">,
): Promise<string | null> {
  if (!/\bxml\b/i.test(response.headers.get("content-type") ?? "")) {
    discardBody(response);
    return null;
  }
  try {
    const { bytes } = await readBody(response, { ...options, take: MAX_ERROR_SIZE });
    return /<Code>([\w.-]{1,64})<\/Code>/.exec(new TextDecoder().decode(bytes))?.[1] ?? null;
  } catch (error) {
    // The status says enough where the body was cut; only the end of the whole try counts more.
    if (!(error instanceof HostFailure) || options.watchdog.signal.aborted) throw error;
    return null;
  }
}
