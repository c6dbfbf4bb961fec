/** Distance in mm between the points of the lattice, and how many there are each way. */
const SPACING = 2.25;
const POINTS = 172;
const HALF = SPACING * (POINTS - 1) / 2;

/**
 * A signed distance that is costly to compute, computed on a lattice only and interpolated between
 * its points: where surfaces are as round as those of organs are, nobody can tell the difference.
 */
export class InterpolatedField {
  readonly #exact: (x: number, y: number) => number;
  /** NaN where nothing is computed yet; made when it is first asked for, which it may never be. */
  #values: Float64Array | undefined;

  /** Takes the exact distance at a point of the slice. */
  constructor(exact: (x: number, y: number) => number) {
    this.#exact = exact;
  }

  /** Signed distance in mm, for points within 190 mm of the axis of the scanner. */
  distance(x: number, y: number): number {
    const u = (x + HALF) / SPACING;
    const v = (y + HALF) / SPACING;
    const column = Math.trunc(u);
    const row = Math.trunc(v);
    const left = row * POINTS + column;
    const values = this.#values ??= new Float64Array(POINTS * POINTS).fill(NaN);
    let a = values[left]!;
    let b = values[left + 1]!;
    let c = values[left + POINTS]!;
    let d = values[left + POINTS + 1]!;
    if (Number.isNaN(a)) a = values[left] = this.#compute(column, row);
    if (Number.isNaN(b)) b = values[left + 1] = this.#compute(column + 1, row);
    if (Number.isNaN(c)) c = values[left + POINTS] = this.#compute(column, row + 1);
    if (Number.isNaN(d)) d = values[left + POINTS + 1] = this.#compute(column + 1, row + 1);
    const across = u - column;
    const upper = a + (b - a) * across;
    return upper + (c + (d - c) * across - upper) * (v - row);
  }

  #compute(column: number, row: number): number {
    return this.#exact(column * SPACING - HALF, row * SPACING - HALF);
  }
}
