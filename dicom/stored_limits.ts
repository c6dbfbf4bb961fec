import type { ImageDescription } from "./image_description.ts";

/** A lowest and a highest value. */
export interface ValueLimits {
  /** The lowest value. */
  readonly low: number;
  /** The highest value. */
  readonly high: number;
}

/** The least and the greatest value that an image can store. */
export function storedLimits(
  { pixelKind, bitsStored, pixelRepresentation }: Pick<
    ImageDescription,
    "pixelKind" | "bitsStored" | "pixelRepresentation"
  >,
): ValueLimits {
  if (pixelKind !== "integer") return { low: -Infinity, high: Infinity };
  const low = pixelRepresentation === 1 ? -(2 ** (bitsStored - 1)) : 0;
  return { low, high: low + 2 ** bitsStored - 1 };
}
