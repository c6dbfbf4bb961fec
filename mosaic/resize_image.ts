import type { PixelImage } from "../contrast/pixel_image.ts";
import { type AxisWeights, lanczosWeights, weightBits } from "./lanczos_weights.ts";
import type { ImageSize } from "./image_size.ts";

/**
 * Resizes an image with a Lanczos filter of three lobes, widened when
 * shrinking so that fine detail does not alias.
 *
 * Each axis is filtered on its own, rows first, with weights in fixed point
 * and a rounding to bytes in between: the picture is the same on every machine.
 *
 * @param image The image, grey or RGB
 * @param size The size wanted, in pixels, each side at least 1; the aspect is the caller's to keep
 * @returns An image of that size; the same one when it has that size already
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
export function resizeImage(image: PixelImage, size: ImageSize): PixelImage {
  const { width, height, channels } = image;
  if (width === size.width && height === size.height) return image;
  // One kind of array keeps the loops below compiled for it.
  const data = new Uint8Array(image.data.buffer, image.data.byteOffset, image.data.length);
  const across = lanczosWeights(width, size.width);
  const down = lanczosWeights(height, size.height);
  const rows = filterRows(data, width, channels, across);
  return { ...size, channels, data: filterColumns(rows, size.width * channels, down) };
}

function filterRows(
  data: Uint8Array,
  width: number,
  channels: number,
  { starts, lengths, weights, taps }: AxisWeights,
): Uint8Array {
  const outputWidth = starts.length;
  if (outputWidth === width) return data;
  const rowLength = width * channels;
  const output = new Uint8Array(outputWidth * channels * (data.length / rowLength));
  let index = 0;
  for (let row = 0; row < data.length; row += rowLength) {
    for (let x = 0; x < outputWidth; x++) {
      const first = row + starts[x]! * channels;
      const length = lengths[x]!;
      for (let channel = 0; channel < channels; channel++) {
        let sum = half;
        let at = first + channel;
        for (let tap = 0; tap < length; tap++) {
          sum += data[at]! * weights[x * taps + tap]!;
          at += channels;
        }
        output[index++] = toByte(sum);
      }
    }
  }
  return output;
}

function filterColumns(
  data: Uint8Array,
  rowLength: number,
  { starts, lengths, weights, taps }: AxisWeights,
): Uint8Array {
  const outputHeight = starts.length;
  if (outputHeight === data.length / rowLength) return data;
  const output = new Uint8Array(rowLength * outputHeight);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < outputHeight; y++) {
    sums.fill(half);
    for (let tap = 0; tap < lengths[y]!; tap++) {
      const weight = weights[y * taps + tap]!;
      const row = (starts[y]! + tap) * rowLength;
      for (let x = 0; x < rowLength; x++) sums[x]! += data[row + x]! * weight;
    }
    for (let x = 0; x < rowLength; x++) output[y * rowLength + x] = toByte(sums[x]!);
  }
  return output;
}

/** A half in units of the weights: added before the fraction is cut off, it rounds. */
const half = 1 << (weightBits - 1);

/** A sum in units of the weights to the nearest byte. */
function toByte(sum: number): number {
  const value = sum >> weightBits;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
