import { hasResolutions } from "./has_resolutions.ts";
import type { ImageDescription } from "./image_description.ts";

/**
 * Whether a frame can be drawn from a reduced resolution, which mixes
 * neighboring values: they have to be amounts of something.
 *
 * Numbers that stand for something else are not: those of a palette, of segments, and bits. Padding
 * is not either, but whether that shows is the contrast's to tell.
 */
export function canReduce(description: ImageDescription): boolean {
  const { transferSyntaxUID, photometricInterpretation, bitsStored } = description;
  const { palette, segmentColors } = description;
  return hasResolutions(transferSyntaxUID) && bitsStored > 1 &&
    photometricInterpretation !== "PALETTE COLOR" &&
    palette === null && segmentColors === null;
}
