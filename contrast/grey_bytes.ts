import type { PixelArray } from "../dicom/frame.ts";
import type { ImageDescription, LookupTable } from "../dicom/image_description.ts";
import { modalityFunction } from "./modality_function.ts";
import { type StoredRange, storedRange } from "./stored_range.ts";
import { voiFunction } from "./voi_function.ts";
import type { TableVoi, WindowVoi } from "./voi.ts";

/** What turns real values into brightness. */
type GreyVoi = WindowVoi | TableVoi;

/** Turns stored values into brightness: modality LUT, VOI, inversion and padding in one step. */
export function greyBytes(
  data: PixelArray,
  description: ImageDescription,
  voi: GreyVoi,
): Uint8Array {
  const bytes = new Uint8Array(data.length);
  const range = storedRange(data);
  if (range && range.size <= data.length) {
    const { low } = range;
    const table = byteTable(range, description, voi);
    for (let index = 0; index < data.length; index++) bytes[index] = table[data[index]! - low]!;
  } else {
    const toByte = byteFunction(description, voi);
    for (let index = 0; index < data.length; index++) bytes[index] = toByte(data[index]!);
  }
  return bytes;
}

/** The byte that one stored value is drawn as. */
function byteFunction(description: ImageDescription, voi: GreyVoi): (stored: number) => number {
  const toReal = modalityFunction(description);
  const toGrey = voiFunction(voi);
  const inverted = description.photometricInterpretation === "MONOCHROME1";
  const paddingLow = description.padding?.low ?? NaN;
  const paddingHigh = description.padding?.high ?? NaN;
  return (stored) => {
    if (stored >= paddingLow && stored <= paddingHigh) return 0;
    const grey = toGrey(toReal(stored));
    // A float image marks missing values with NaN; they are background like padding.
    if (Number.isNaN(grey)) return 0;
    return Math.round(inverted ? 255 - grey : grey);
  };
}

interface RememberedTable {
  readonly key: string;
  readonly modalityTable: LookupTable | null;
  readonly voiTable: LookupTable | null;
  readonly bytes: Uint8Array;
}

/** The last tables used, latest first: slices of one series share them, and so do the rows of a contrast grid. */
const remembered: RememberedTable[] = [];
const rememberedMax = 8;

/** The byte of every stored value in a range. */
function byteTable(range: StoredRange, description: ImageDescription, voi: GreyVoi): Uint8Array {
  const { modalityTable, padding, photometricInterpretation } = description;
  const voiTable = voi.kind === "table" ? voi.table : null;
  const key = [
    range.low,
    range.size,
    description.rescaleSlope,
    description.rescaleIntercept,
    photometricInterpretation,
    padding?.low,
    padding?.high,
    ...(voi.kind === "window" ? [voi.function, voi.center, voi.width] : []),
  ].join();
  const found = remembered.findIndex((entry) =>
    entry.key === key && entry.modalityTable === modalityTable && entry.voiTable === voiTable
  );
  const entry = found >= 0
    ? remembered.splice(found, 1)[0]!
    : { key, modalityTable, voiTable, bytes: tabulate(range, byteFunction(description, voi)) };
  remembered.unshift(entry);
  remembered.length = Math.min(remembered.length, rememberedMax);
  return entry.bytes;
}

function tabulate({ low, size }: StoredRange, toByte: (stored: number) => number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = toByte(low + index);
  return bytes;
}
