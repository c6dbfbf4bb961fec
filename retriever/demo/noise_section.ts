import { hash } from "./hash.ts";

/** Side of the square of random numbers that repeats over a slice. */
const SIDE = 256;
const MASK = SIDE - 1;
/** Distance in mm between the random numbers of the grain, and between those of the texture. */
const GRAIN_SPACING = 0.7;
const TEXTURE_SPACING = 5;

/**
 * Randomness that depends on position only: the scanner's noise, and slow variation within a
 * tissue. Both have mean 0 and standard deviation 1.
 */
export class NoiseSection {
  readonly #grainX: number;
  readonly #grainY: number;
  readonly #layer: number;
  readonly #part: number;

  /** Prepares the slice at `z`. */
  constructor(z: number) {
    const slice = Math.round(z / GRAIN_SPACING);
    this.#grainX = Math.floor(hash(slice, 1, 0) * SIDE) + 2 * SIDE;
    this.#grainY = Math.floor(hash(slice, 2, 0) * SIDE) + 2 * SIDE;
    this.#layer = Math.floor(z / TEXTURE_SPACING);
    this.#part = z / TEXTURE_SPACING - this.#layer;
  }

  /** Noise as fine as the pixels, different in every slice. */
  grain(x: number, y: number): number {
    const column = Math.floor(x / GRAIN_SPACING + 0.25) + this.#grainX;
    const row = Math.floor(y / GRAIN_SPACING + 0.25) + this.#grainY;
    return grainTile()[((row & MASK) * SIDE) + (column & MASK)]!;
  }

  /** Smooth variation over a few millimetres in all three directions. */
  texture(x: number, y: number): number {
    const u = x / TEXTURE_SPACING + 2 * SIDE;
    const v = y / TEXTURE_SPACING + 2 * SIDE;
    const below = layer(this.#layer, u, v);
    return TEXTURE_GAIN * (below + (layer(this.#layer + 1, u, v) - below) * this.#part);
  }
}

/** Brings the standard deviation of interpolated uniform numbers back to 1. */
const TEXTURE_GAIN = 5.63;

function layer(index: number, u: number, v: number): number {
  const tile = whiteTile();
  const wholeU = Math.trunc(u);
  const wholeV = Math.trunc(v);
  const column = wholeU + index * 37;
  const row = wholeV + index * 71;
  const top = (row & MASK) * SIDE;
  const bottom = ((row + 1) & MASK) * SIDE;
  const left = column & MASK;
  const right = (column + 1) & MASK;
  const across = smooth(u - wholeU);
  const upper = tile[top + left]! + (tile[top + right]! - tile[top + left]!) * across;
  const lower = tile[bottom + left]! + (tile[bottom + right]! - tile[bottom + left]!) * across;
  return upper + (lower - upper) * smooth(v - wholeV);
}

function smooth(part: number): number {
  return part * part * (3 - 2 * part);
}

let white: Float32Array | undefined;
let grain: Float32Array | undefined;

function whiteTile(): Float32Array {
  return white ??= createTile((column, row) => hash(column, row, 3) - 0.5);
}

/** Sums of neighbors, so that the noise is grainy as that of a reconstructed image is. */
function grainTile(): Float32Array {
  return grain ??= createTile((column, row) => {
    const tile = whiteTile();
    let sum = 0;
    for (let down = -1; down <= 1; down++) {
      for (let across = -1; across <= 1; across++) {
        const weight = (2 - Math.abs(down)) * (2 - Math.abs(across));
        sum += weight * tile[((row + down) & MASK) * SIDE + ((column + across) & MASK)]!;
      }
    }
    return sum * GRAIN_GAIN;
  });
}

function createTile(valueAt: (column: number, row: number) => number): Float32Array {
  const tile = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) tile[row * SIDE + column] = valueAt(column, row);
  }
  return tile;
}

/** Brings the standard deviation of the weighted sums of uniform numbers to 1. */
const GRAIN_GAIN = Math.sqrt(12) / 6;
