import { coverage } from "./coverage.ts";
import type { Tube } from "./tube.ts";

/** Side in mm of the square cells a slice is divided into, and how many there are each way. */
const CELL = 6;
const CELLS = 66;
const HALF = CELL * CELLS / 2;
/** Numbers kept of a tube: its start, direction, 1/length², radius and its change, radiodensity. */
const STRIDE = 10;
/** Answered in place of distances beyond the reach. */
const FAR = 1000;
/** Radius in mm below which a tube no longer fills a pixel and the slice, and so fades. */
const FULL_RADIUS = 0.75;

/** The tubes near one slice, sorted into cells so that a pixel looks at the few around it only. */
export class TubeSection {
  readonly #numbers: Float64Array;
  readonly #starts: Uint32Array;
  readonly #members: Uint32Array;

  /** Keeps of the tubes those that come within `reach` mm of the slice at `z`. */
  constructor(tubes: readonly Tube[], z: number, reach: number) {
    const near = tubes.filter(({ from, to, fromRadius, toRadius }) => {
      const margin = Math.max(fromRadius, toRadius) + reach;
      return Math.min(from[2], to[2]) - margin < z && Math.max(from[2], to[2]) + margin > z;
    });
    this.#numbers = new Float64Array(near.length * STRIDE);
    near.forEach((tube, index) => this.#numbers.set(describe(tube, z), index * STRIDE));
    [this.#starts, this.#members] = sortIntoCells(near, reach);
  }

  /** Signed distance in mm to the nearest tube, negative inside; {@linkcode FAR} when none is near. */
  distance(x: number, y: number): number {
    const cell = cellAt(x, y);
    let least = FAR;
    if (cell < 0) return least;
    for (let member = this.#starts[cell]!; member < this.#starts[cell + 1]!; member++) {
      const distance = this.#distanceTo(this.#members[member]!, x, y);
      if (distance < least) least = distance;
    }
    return least;
  }

  /** Paints the tubes over a background, each over those before it; answers the radiodensity. */
  paint(x: number, y: number, background: number): number {
    const cell = cellAt(x, y);
    if (cell < 0) return background;
    let hounsfield = background;
    for (let member = this.#starts[cell]!; member < this.#starts[cell + 1]!; member++) {
      const offset = this.#members[member]!;
      const distance = this.#distanceTo(offset, x, y);
      if (distance > 1) continue;
      const fill = Math.min(1, (this.#numbers[offset + 7]! / FULL_RADIUS) ** 2);
      hounsfield += (this.#numbers[offset + 9]! - hounsfield) * coverage(distance) * fill;
    }
    return hounsfield;
  }

  #distanceTo(offset: number, x: number, y: number): number {
    const numbers = this.#numbers;
    const px = x - numbers[offset]!;
    const py = y - numbers[offset + 1]!;
    const pz = numbers[offset + 2]!;
    const dx = numbers[offset + 3]!;
    const dy = numbers[offset + 4]!;
    const dz = numbers[offset + 5]!;
    let t = (px * dx + py * dy + pz * dz) * numbers[offset + 6]!;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    const ex = px - dx * t;
    const ey = py - dy * t;
    const ez = pz - dz * t;
    return Math.sqrt(ex * ex + ey * ey + ez * ez) - numbers[offset + 7]! - numbers[offset + 8]! * t;
  }
}

function describe({ from, to, fromRadius, toRadius, hounsfield }: Tube, z: number): number[] {
  const [dx, dy, dz] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const scale = 1 / Math.max(dx * dx + dy * dy + dz * dz, 1e-9);
  const change = toRadius - fromRadius;
  return [from[0], from[1], z - from[2], dx, dy, dz, scale, fromRadius, change, hounsfield];
}

const NOWHERE = new Uint32Array(CELLS * CELLS + 1);
const NOTHING = new Uint32Array(0);

/**
 * Lists the tubes of every cell: where each cell's begin in one list of them, and that list, in
 * which a tube is named by where its numbers begin.
 */
function sortIntoCells(tubes: readonly Tube[], reach: number): [Uint32Array, Uint32Array] {
  if (tubes.length === 0) return [NOWHERE, NOTHING];
  const starts = new Uint32Array(CELLS * CELLS + 1);
  for (const tube of tubes) forEachCell(tube, reach, (cell) => starts[cell]!++);
  let count = 0;
  for (let cell = 0; cell <= CELLS * CELLS; cell++) starts[cell] = count += starts[cell]!;
  // From the last to the first, each cell is filled from its end to where it begins.
  const members = new Uint32Array(count);
  for (let index = tubes.length - 1; index >= 0; index--) {
    forEachCell(tubes[index]!, reach, (cell) => members[--starts[cell]!] = index * STRIDE);
  }
  return [starts, members];
}

function forEachCell(
  { from, to, fromRadius, toRadius }: Tube,
  reach: number,
  visit: (cell: number) => void,
): void {
  const margin = Math.max(fromRadius, toRadius) + reach;
  const [left, right] = cellRange(from[0], to[0], margin);
  const [top, bottom] = cellRange(from[1], to[1], margin);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) visit(row * CELLS + column);
  }
}

function cellRange(first: number, second: number, margin: number): [number, number] {
  const low = Math.floor((Math.min(first, second) - margin + HALF) / CELL);
  const high = Math.floor((Math.max(first, second) + margin + HALF) / CELL);
  return [Math.max(0, low), Math.min(CELLS - 1, high)];
}

function cellAt(x: number, y: number): number {
  const column = Math.floor((x + HALF) / CELL);
  const row = Math.floor((y + HALF) / CELL);
  const inside = column >= 0 && column < CELLS && row >= 0 && row < CELLS;
  return inside ? row * CELLS + column : -1;
}
