import type { DecodedPixels, PixelArray } from "@dicom/series-preview/dicom";
import type { OracleInstance } from "./shared_data.ts";

/** How near decoded values are to those of the oracle, or to what was encoded. */
export type Agreement = "exact" | "within 1" | "within 1 in range and means";

/** What the oracle says of stored values; the mean of color is one for each channel. */
interface OraclePixels {
  readonly sha256: string;
  readonly mean: number | readonly number[];
  readonly rawMin: number;
  readonly rawMax: number;
}

/**
 * Compares decoded pixels with the oracle: by the hash of all values, or else by the
 * least, the greatest and the mean.
 *
 * @returns How near they are; null when they are further off.
 */
export async function compareWithOracle(
  { data, samplesPerPixel }: DecodedPixels,
  { pixels }: OracleInstance,
): Promise<Agreement | null> {
  const expected = pixels as unknown as OraclePixels;
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  if (new Uint8Array(digest).toHex().slice(0, 16) === expected.sha256) return "exact";
  const means = [expected.mean].flat();
  const sums = means.map(() => 0);
  let least = Infinity;
  let greatest = -Infinity;
  data.forEach((value, i) => {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sums[i % samplesPerPixel]! += value;
  });
  const near = [
    least - expected.rawMin,
    greatest - expected.rawMax,
    ...sums.map((sum, sample) => sum * samplesPerPixel / data.length - means[sample]!),
  ];
  return near.every((difference) => Math.abs(difference) <= 1)
    ? "within 1 in range and means"
    : null;
}

/** Compares decoded values with expected ones. */
export function compareValues(
  data: PixelArray,
  expected: ArrayLike<number>,
): Agreement | null {
  if (data.length !== expected.length) return null;
  let most = 0;
  data.forEach((value, i) => {
    most = Math.max(most, Math.abs(value - expected[i]!));
  });
  return most === 0 ? "exact" : most <= 1 ? "within 1" : null;
}
