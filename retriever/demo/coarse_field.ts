/** Side in mm of the square cells that a field is first looked at in, and how many each way. */
const CELL = 6;
const CELLS = 66;
const HALF = CELL * CELLS / 2;
/** Half the diagonal of a cell. */
const HALF_DIAGONAL = CELL * Math.SQRT1_2;

/**
 * A signed distance that is costly to compute, made cheap far from its surface: there, the distance
 * of the middle of the cell a point lies in stands for all of the cell.
 */
export class CoarseField {
  readonly #exact: (x: number, y: number) => number;
  readonly #slack: number;
  readonly #middles = new Float64Array(CELLS * CELLS).fill(NaN);

  /**
   * Takes the exact distance, which must not change faster than position does, and how far from the
   * surface in mm it is to be exact.
   */
  constructor(exact: (x: number, y: number) => number, exactWithin: number) {
    this.#exact = exact;
    this.#slack = exactWithin + HALF_DIAGONAL;
  }

  /** Signed distance in mm at a point of the slice, negative inside. */
  distance(x: number, y: number): number {
    const column = Math.floor((x + HALF) / CELL);
    const row = Math.floor((y + HALF) / CELL);
    if (column < 0 || row < 0 || column >= CELLS || row >= CELLS) return this.#exact(x, y);
    const cell = row * CELLS + column;
    let middle = this.#middles[cell]!;
    if (Number.isNaN(middle)) {
      middle = this.#exact((column + 0.5) * CELL - HALF, (row + 0.5) * CELL - HALF);
      this.#middles[cell] = middle;
    }
    return Math.abs(middle) > this.#slack ? middle : this.#exact(x, y);
  }
}
