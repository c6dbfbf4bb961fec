import { hasResolutions } from "./has_resolutions.ts";
import type { ImageDescription } from "./image_description.ts";

/**
 * Whether a frame can be drawn from a reduced resolution, which mixes
 * neighboring values: they have to be amounts of something.
 *
 * Numbers that stand for something else are not: those of a palette, of segments, and bits. Neither
 * is padding, which mixed with pixels is told from them no more, and would count in measured
 * windows.
 */
export function canReduce(description: ImageDescription): boolean {
  const { transferSyntaxUID, photometricInterpretation, bitsStored } = description;
  const { palette, segmentColors, padding } = description;
  return hasResolutions(transferSyntaxUID) && bitsStored > 1 &&
    photometricInterpretation !== "PALETTE COLOR" &&
    palette === null && segmentColors === null && padding === null;
}
