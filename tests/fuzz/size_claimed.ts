import type { ImageDescription } from "@dicom/series-preview/dicom";

/** The size that a stream claims, as the error says that refuses it: a hostile header would say the same. */
export function sizeClaimed(
  message: string,
): Pick<ImageDescription, "rows" | "columns" | "samplesPerPixel"> | null {
  const claim =
    /frame is (?<columns>\d+) × (?<rows>\d+) × (?<samples>\d+), its header says/.exec(message) ??
      /holds (?<rows>\d+) × (?<columns>\d+) pixels of (?<samples>\d+) samples, the DICOM header/
        .exec(message);
  if (claim === null) return null;
  const { rows, columns, samples } = claim.groups!;
  return { rows: Number(rows), columns: Number(columns), samplesPerPixel: Number(samples) };
}
