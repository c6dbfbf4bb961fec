import type { ImageDescription } from "../dicom/image_description.ts";
import type { WindowVoi } from "../contrast/voi.ts";

/**
 * Draws a tile of a native signed 16-bit frame as one would first write it, to
 * measure against: one loop that reads a value, rescales it, windows it, and
 * takes the mean of the box of pixels that a pixel of the tile covers.
 *
 * It does less than what it is compared with: a box of 2×2 pixels where the
 * Lanczos filter has 12×12, one photometric interpretation, one kind of window, no padding.
 *
 * @param bytes The frame's stored bytes, little endian.
 * @param side Width and height of the tile; the frame's are multiples of it.
 */
export function referenceTile(
  bytes: Uint8Array,
  { rows, columns, rescaleSlope, rescaleIntercept }: ImageDescription,
  { center, width }: WindowVoi,
  side: number,
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const down = rows / side;
  const across = columns / side;
  const tile = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let row = y * down; row < (y + 1) * down; row++) {
        for (let column = x * across; column < (x + 1) * across; column++) {
          const stored = view.getInt16((row * columns + column) * 2, true);
          const real = stored * rescaleSlope + rescaleIntercept;
          const grey = ((real - center) / width + 0.5) * 255;
          sum += Math.min(255, Math.max(0, grey));
        }
      }
      tile[y * side + x] = Math.round(sum / (down * across));
    }
  }
  return tile;
}
