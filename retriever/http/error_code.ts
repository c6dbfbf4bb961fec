import { createTransferStats } from "../transfer_stats.ts";
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
  return codeIn(await readStart(response, options));
}

/**
 * Reads the code of an error that came as a success: S3 sends 200 before it
 * knows whether it can answer, and some gateways send it always. Null for any
 * other body, which is not used up; empty for an error without a code.
 */
export async function errorCodeOfSuccess(
  response: Response,
  { watchdog }: Pick<ReadBodyOptions, "watchdog">,
): Promise<string | null> {
  // Those who read the body itself count its bytes.
  const text = await readStart(response.clone(), { watchdog, stats: createTransferStats() });
  return /^\s*(?:<\?xml[^>]*>\s*)?<Error[\s/>]/.test(text) ? codeIn(text) ?? "" : null;
}

async function readStart(
  response: Response,
  options: Pick<ReadBodyOptions, "watchdog" | "stats">,
): Promise<string> {
  try {
    const { bytes } = await readBody(response, { ...options, take: MAX_ERROR_SIZE });
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // The status says enough where the body was cut; only the end of the whole try counts more.
    if (!(error instanceof HostFailure) || options.watchdog.signal.aborted) throw error;
    return "";
  }
}

function codeIn(text: string): string | null {
  return /<Code>([\w.-]{1,64})<\/Code>/.exec(text)?.[1] ?? null;
}
