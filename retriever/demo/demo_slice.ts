import { createSliceSampler } from "./create_slice_sampler.ts";
import { DEMO_GRID } from "./demo_grid.ts";

const { rows, columns, pixelSpacing, sliceSpacing, left, front, bottom, intercept, frameBytes } =
  DEMO_GRID;
const ROW_BYTES = columns * 2;

/**
 * The pixel data of a slice of the demo series: 16-bit signed, little endian, row by row. A row is
 * computed when it is first asked for.
 */
export class DemoSlice {
  readonly #z: number;
  readonly #createSampler: typeof createSliceSampler;
  #sample: ((x: number, y: number) => number) | undefined;
  readonly #view = new DataView(new ArrayBuffer(frameBytes));
  readonly #computed = new Uint8Array(rows);

  /**
   * Computes nothing yet.
   *
   * @param slice 0 for the lowest slice, nearest to the feet.
   */
  constructor(slice: number, createSampler = createSliceSampler) {
    this.#z = bottom + slice * sliceSpacing;
    this.#createSampler = createSampler;
  }

  /** Whether bytes from `start` to before `end` are computed already. */
  has(start: number, end: number): boolean {
    return !this.#computed.subarray(...rowsOf(start, end)).includes(0);
  }

  /** The bytes from `start` to before `end` of the pixel data; to be read, not to be kept. */
  read(start: number, end: number): Uint8Array {
    const [first, last] = rowsOf(start, end);
    for (let row = first; row < last; row++) if (!this.#computed[row]) this.#compute(row);
    return new Uint8Array(this.#view.buffer, start, end - start);
  }

  #compute(row: number): void {
    const sample = this.#sample ??= this.#createSampler(this.#z);
    const y = front + row * pixelSpacing;
    for (let column = 0; column < columns; column++) {
      const stored = Math.round(sample(left + column * pixelSpacing, y) - intercept);
      this.#view.setInt16(row * ROW_BYTES + column * 2, stored, true);
    }
    this.#computed[row] = 1;
  }
}

/** The first and one past the last row that bytes lie in. */
function rowsOf(start: number, end: number): [first: number, last: number] {
  return [Math.floor(start / ROW_BYTES), Math.ceil(end / ROW_BYTES)];
}
