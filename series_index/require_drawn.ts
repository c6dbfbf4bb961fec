import { SeriesPreviewError } from "../errors.ts";
import { type Failure, namedFailures, throwIfHostIsDown } from "./failures.ts";

/**
 * Fails when the slices of a picture were not all tried, or not one could be drawn.
 *
 * @param total How many slices there were to draw.
 * @throws {NetworkError} When the run was stopped because of the host.
 * @throws {SeriesPreviewError} When all failed: the error of a single one, else one that names all.
 */
export function requireDrawn(failures: readonly Failure[], total: number, address: string): void {
  throwIfHostIsDown(failures, total, "slices", address);
  if (failures.length < total) return;
  const { url, cause } = failures[0]!;
  if (total === 1 && cause instanceof SeriesPreviewError) throw cause;
  const first = cause.message.includes(url) ? cause.message : `${url}: ${cause.message}`;
  throw new SeriesPreviewError(
    `none of the ${total} slices of ${address} could be drawn; the first, ${first}`,
    { address, failed: namedFailures(failures), cause },
  );
}
