import type { ImageDescription } from "@dicom/series-preview/dicom";

/** Most pixels of a frame that a header may claim. */
const mostPixels = 512 * 2 ** 20;

/** Changes one or two things in what a header says of an image, to others that a header can say. */
export function mutateDescription(
  description: ImageDescription,
  random: () => number,
): ImageDescription {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(random() * values.length)]!;
  let mutated = description;
  for (let changes = pick([1, 2]); changes > 0; changes--) {
    const { rows, columns, bitsAllocated } = mutated;
    const length = pick([1, rows + 1, rows - 1, columns, 2 * rows, 0x8000, 0xffff]);
    mutated = {
      ...mutated,
      ...pick<() => Partial<ImageDescription>>([
        () => ({ rows: length }),
        () => ({ columns: length }),
        () => ({ rows: columns, columns: rows }),
        () => ({ samplesPerPixel: pick([1, 3, 4]) }),
        () => ({ bitsAllocated: pick([1, 8, 16, 32, 64]) }),
        () => ({ bitsStored: 1 + Math.floor(random() * bitsAllocated) }),
        () => ({ highBit: Math.floor(random() * bitsAllocated) }),
        () => ({ pixelRepresentation: pick([0, 1]) }),
        () => ({ planarConfiguration: pick([0, 1]) }),
        () => ({
          photometricInterpretation: pick(["MONOCHROME1", "RGB", "YBR_FULL", "YBR_FULL_422"]),
        }),
      ])(),
    };
  }
  return consistent(mutated);
}

/** Keeps to what is checked before any codec is called. */
function consistent(description: ImageDescription): ImageDescription {
  const { bitsAllocated, highBit } = description;
  const rows = Math.max(1, description.rows);
  const columns = Math.max(1, Math.min(description.columns, Math.floor(mostPixels / rows)));
  const bitsStored = Math.min(description.bitsStored, bitsAllocated);
  const highBitFits = highBit >= bitsStored - 1 && highBit < bitsAllocated;
  return {
    ...description,
    rows,
    columns,
    bitsStored,
    highBit: highBitFits ? highBit : bitsStored - 1,
    pixelKind: bitsAllocated === 32 ? description.pixelKind : "integer",
  };
}
