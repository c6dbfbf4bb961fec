/** Width in mm over which a surface blurs: the resolution of the scanner in the plane. */
const BLUR = 1.5;

/**
 * How much of a pixel a shape covers, from the signed distance of the pixel's center to the shape's
 * surface in mm (negative inside): 1 well inside, 0 well outside, blended in between as the partial
 * volume effect does.
 */
export function coverage(distance: number): number {
  const part = 0.5 - distance / BLUR;
  if (part <= 0) return 0;
  if (part >= 1) return 1;
  return part * part * (3 - 2 * part);
}
