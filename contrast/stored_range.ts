import type { PixelArray } from "../dicom/frame.ts";

/** The integers that an array of up to 16 bits can hold. */
export interface StoredRange {
  readonly low: number;
  /** How many there are: 256 or 65,536. */
  readonly size: number;
}

/** The integers that stored values can be, or null when they are too many for a table. */
export function storedRange(data: PixelArray): StoredRange | null {
  if (data instanceof Uint8Array) return { low: 0, size: 0x100 };
  if (data instanceof Int8Array) return { low: -0x80, size: 0x100 };
  if (data instanceof Uint16Array) return { low: 0, size: 0x10000 };
  if (data instanceof Int16Array) return { low: -0x8000, size: 0x10000 };
  return null;
}
