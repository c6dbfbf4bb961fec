import type { PixelImage } from "../../contrast/pixel_image.ts";
import { type Axes, type AxisWeights, weightBits } from "./lanczos_weights.ts";
import { toPlanes } from "./to_planes.ts";

/** Resizes an image by the weights of its axes: anywhere, and the slower way of the two. */
export function resizeByLoops(
  { width, height, channels, data }: PixelImage,
  { across, down }: Axes,
): Uint8Array {
  // One kind of array keeps the loops below compiled for it.
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
  const planes = channels === 1 ? bytes : toPlanes(bytes);
  const turned = filterAndTurn(planes, width, across);
  // A line is a column of one channel now: turned back, the channels lie side by side again.
  return filterAndTurn(turned, height, down);
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

/** A half in units of the weights: added before the fraction is cut off, it rounds. */
const half = 1 << (weightBits - 1);

/** A sum in units of the weights to the nearest byte. */
function toByte(sum: number): number {
  const value = sum >> weightBits;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
