import type { PixelImage } from "../contrast/pixel_image.ts";
import { type AxisWeights, lanczosWeights, weightBits } from "./lanczos_weights.ts";
import type { ImageSize } from "./image_size.ts";
import type { SampleGrid } from "./sample_grid.ts";

/**
 * Resizes an image with a Lanczos filter of three lobes, widened when
 * shrinking so that fine detail does not alias.
 *
 * Each axis is filtered on its own, rows first, with weights in fixed point
 * and a rounding to bytes in between: the picture is the same on every machine.
 *
 * @param image The image, grey or RGB
 * @param size The size wanted, in pixels, each side at least 1; the aspect is the caller's to keep
 * @param grid Where the image's pixels lie on the picture; by default side by side, from end to end
 * @returns An image of that size; the same one when it has that size and place already
 *
 * @example A plain area stays plain
 * ```ts
 * import { resizeImage } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const image = { width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(90) } as const;
 * assertEquals(resizeImage(image, { width: 2, height: 2 }).data, Uint8Array.of(90, 90, 90, 90));
 * ```
 */
export function resizeImage(image: PixelImage, size: ImageSize, grid?: SampleGrid): PixelImage {
  const { width, height, channels } = image;
  if (grid === undefined && width === size.width && height === size.height) return image;
  // One kind of array keeps the loops below compiled for it.
  const data = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.length);
  const planes = channels === 1 ? data : toPlanes(data, channels);
  const axis = (side: "width" | "height") =>
    lanczosWeights(image[side], size[side], grid && { ...grid, extent: grid.extent[side] });
  const turned = filterAndTurn(planes, width, axis("width"));
  // A line is a column of one channel now: turned back, the channels lie side by side again.
  const resized = filterAndTurn(turned, height, axis("height"));
  return { ...size, channels, data: resized };
}

/**
 * Filters each line of samples, and turns all over the diagonal: what was a line
 * is a column then, so that a second time does the other axis and turns it back.
 */
function filterAndTurn(data: Uint8Array, side: number, axis: AxisWeights): Uint8Array {
  // A side that was reckoned is kept as a double, by which all indices would be: twice the time.
  const length = side | 0;
  const lines = data.length / length | 0;
  const output = new Uint8Array(axis.starts.length * lines);
  for (let line = 0; line < lines; line += 4) filterFourLines(data, length, line, axis, output);
  return output;
}

/**
 * Filters four lines, which share each weight: that halves the time. Where fewer are left, the last
 * is redone. A function of its own is compiled after a few lines, a loop around it after many.
 */
function filterFourLines(
  data: Uint8Array,
  length: number,
  line: number,
  { starts, lengths, weights, taps }: AxisWeights,
  output: Uint8Array,
): void {
  const lines = data.length / length | 0;
  const second = Math.min(1, lines - 1 - line);
  const third = Math.min(2, lines - 1 - line);
  const fourth = Math.min(3, lines - 1 - line);
  let to = line;
  for (let x = 0; x < starts.length; x++) {
    let a = half;
    let b = half;
    let c = half;
    let d = half;
    let at = line * length + starts[x]!;
    const end = x * taps + lengths[x]!;
    for (let tap = x * taps; tap < end; tap++, at++) {
      const weight = weights[tap]!;
      a = (a + Math.imul(data[at]!, weight)) | 0;
      b = (b + Math.imul(data[at + second * length]!, weight)) | 0;
      c = (c + Math.imul(data[at + third * length]!, weight)) | 0;
      d = (d + Math.imul(data[at + fourth * length]!, weight)) | 0;
    }
    output[to] = toByte(a);
    output[to + second] = toByte(b);
    output[to + third] = toByte(c);
    output[to + fourth] = toByte(d);
    to += lines;
  }
}

/** Puts the channels one after another. */
function toPlanes(data: Uint8Array, channels: number): Uint8Array {
  const planes = new Uint8Array(data.length);
  const pixels = data.length / channels;
  let to = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) planes[to++] = data[pixel * channels + channel]!;
  }
  return planes;
}

/** A half in units of the weights: added before the fraction is cut off, it rounds. */
const half = 1 << (weightBits - 1);

/** A sum in units of the weights to the nearest byte. */
function toByte(sum: number): number {
  const value = sum >> weightBits;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
