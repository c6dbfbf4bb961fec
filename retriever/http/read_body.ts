import { HostFailure } from "./host_failure.ts";
import type { TransferStats } from "../transfer_stats.ts";
import type { Watchdog } from "./watchdog.ts";

/** What to keep of a body, and who is to know of its bytes. */
export interface ReadBodyOptions {
  watchdog: Watchdog;
  stats: TransferStats;
  /** Bytes to drop from the front; 0 by default. */
  skip?: number;
  /** Bytes to keep after those; then the body is canceled. All by default. */
  take?: number;
  /** Keep only that many of the last bytes. */
  last?: number;
}

/** What was read of a body. */
export interface BodyBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many bytes came, dropped ones included. */
  readonly received: number;
  /** Whether the body was read to its end. */
  readonly ended: boolean;
}

/**
 * Reads a body, no further than needed. It is always either read to its end
 * or canceled.
 *
 * @throws {HostFailure} The connection was lost or stalled.
 */
export async function readBody(response: Response, options: ReadBodyOptions): Promise<BodyBytes> {
  const { watchdog, stats, skip = 0, take = Infinity, last = Infinity } = options;
  if (response.body === null) return { bytes: new Uint8Array(), received: 0, ended: true };
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = response.body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let kept = 0;
  let received = 0;
  let ended = false;
  try {
    while (kept < take) {
      const { done, value } = await watchdog.race(reader.read());
      if (done) {
        ended = true;
        break;
      }
      watchdog.touch();
      stats.bytesFetched += value.length;
      const chunk = value.subarray(Math.max(0, skip - received)).subarray(0, take - kept);
      received += value.length;
      if (chunk.length === 0) continue;
      chunks.push(chunk);
      kept += chunk.length;
      while (chunks.length > 0 && kept - chunks[0]!.length >= last) kept -= chunks.shift()!.length;
    }
  } catch (error) {
    if (watchdog.signal.aborted) throw watchdog.signal.reason;
    throw HostFailure.from(error, new URL(response.url || "http://host").host);
  } finally {
    // What canceling says is of no interest: the bytes are here, or the failure is on its way.
    if (!ended) reader.cancel().catch(() => {});
  }
  const bytes = concat(chunks, kept);
  return { bytes: bytes.subarray(Math.max(0, bytes.length - last)), received, ended };
}

function concat(chunks: Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
