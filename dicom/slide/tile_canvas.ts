import type { Frame, PixelArray } from "../frame.ts";
import type { PixelMatrix } from "./read_pixel_matrix.ts";

/** Sums of the shares that pixels of tiles have in one row of the canvas. */
interface OpenRow {
  /** Shares times values, sample by sample. */
  readonly sums: Float64Array;
  /** Shares, pixel by pixel; 1 where tiles cover all of it. */
  readonly shares: Float64Array;
}

/** How the pixels of one axis of a tile fall on the canvas. */
interface AxisShares {
  /** The canvas pixel that the tile's first visible pixel falls on. */
  readonly start: number;
  /** How many canvas pixels the tile touches. */
  readonly length: number;
  /** The tile's first visible pixel. */
  readonly first: number;
  /** For each visible pixel, the canvas pixel it begins on, counted from `start`. */
  readonly cells: Int32Array;
  /** For each visible pixel, its share of that canvas pixel. */
  readonly shares: Float64Array;
  /** For each visible pixel, its share of the next one. */
  readonly nextShares: Float64Array;
}

/**
 * Puts the tiles of a total pixel matrix together, on a canvas of its size or smaller.
 *
 * A smaller canvas takes the mean of what falls on each of its pixels, by area, so that the matrix
 * is never held: of what is not yet done only the rows that the next tiles may reach are. Where
 * tiles overlap, the later one is shown at full size, and their mean on a smaller canvas; where
 * there is none, the background.
 */
export class TileCanvas {
  readonly #matrix: PixelMatrix;
  readonly #size: PixelMatrix;
  readonly #background: readonly number[];
  readonly #open = new Map<number, OpenRow>();
  /** The first tile, whose kind of values the canvas has. */
  #like: Frame | null = null;
  #data: PixelArray | null = null;

  /**
   * @param matrix The size of the matrix.
   * @param size The size of the canvas, no side longer than the matrix's.
   * @param background A value for each sample of a pixel.
   */
  constructor(matrix: PixelMatrix, size: PixelMatrix, background: readonly number[]) {
    this.#matrix = matrix;
    this.#size = size;
    this.#background = background;
  }

  /**
   * Draws a tile. No tile may lie higher than the one before it.
   *
   * @param tile Its stored values, with as many samples as the background.
   * @param column The matrix column of its left edge; may be outside of the matrix.
   * @param row The matrix row of its upper edge; may be outside of the matrix.
   */
  draw(tile: Frame, column: number, row: number): void {
    this.#like ??= tile;
    this.#data ??= this.#makeData(tile.data);
    const { columns, rows } = this.#matrix;
    if (this.#size.columns === columns && this.#size.rows === rows) {
      this.#copy(tile, this.#data, column, row);
      return;
    }
    const down = axisShares(row, tile.rows, rows, this.#size.rows);
    this.#close(down.start);
    this.#add(tile, axisShares(column, tile.columns, columns, this.#size.columns), down);
  }

  /** The canvas with all that was drawn; nothing may be drawn afterwards. */
  finish(): Frame {
    this.#close(Infinity);
    const data = this.#data ?? this.#makeData(new Uint16Array(0));
    return { ...this.#like, ...this.#size, samplesPerPixel: this.#background.length, data };
  }

  #makeData(like: PixelArray): PixelArray {
    const { columns, rows } = this.#size;
    const samples = this.#background.length;
    const Data = like.constructor as new (length: number) => PixelArray;
    const data = new Data(columns * rows * samples);
    const [first] = this.#background;
    if (this.#background.every((value) => value === first)) return data.fill(first!);
    for (let at = 0; at < data.length; at++) data[at] = this.#background[at % samples]!;
    return data;
  }

  #copy({ data, columns, rows }: Frame, canvas: PixelArray, column: number, row: number): void {
    const samples = this.#background.length;
    const left = Math.max(0, -column);
    const right = Math.min(columns, this.#size.columns - column);
    const bottom = Math.min(rows, this.#size.rows - row);
    for (let y = Math.max(0, -row); y < bottom; y++) {
      const line = data.subarray((y * columns + left) * samples, (y * columns + right) * samples);
      canvas.set(line, ((row + y) * this.#size.columns + column + left) * samples);
    }
  }

  #add({ data, columns }: Frame, across: AxisShares, down: AxisShares): void {
    const samples = this.#background.length;
    const line = new Float64Array(across.length * samples);
    const lineShares = new Float64Array(across.length);
    across.cells.forEach((cell, x) => {
      lineShares[cell]! += across.shares[x]!;
      if (across.nextShares[x]! > 0) lineShares[cell + 1]! += across.nextShares[x]!;
    });
    down.cells.forEach((cell, y) => {
      line.fill(0);
      let at = ((down.first + y) * columns + across.first) * samples;
      for (let x = 0; x < across.cells.length; x++) {
        const to = across.cells[x]! * samples;
        const share = across.shares[x]!;
        const next = across.nextShares[x]!;
        for (let sample = 0; sample < samples; sample++) {
          const value = data[at++]!;
          line[to + sample]! += value * share;
          if (next > 0) line[to + samples + sample]! += value * next;
        }
      }
      this.#addLine(down.start + cell, across.start, line, lineShares, down.shares[y]!);
      const next = down.nextShares[y]!;
      if (next > 0) this.#addLine(down.start + cell + 1, across.start, line, lineShares, next);
    });
  }

  #addLine(
    row: number,
    column: number,
    line: Float64Array,
    lineShares: Float64Array,
    share: number,
  ): void {
    const { columns } = this.#size;
    const samples = this.#background.length;
    let open = this.#open.get(row);
    if (open === undefined) {
      open = { sums: new Float64Array(columns * samples), shares: new Float64Array(columns) };
      this.#open.set(row, open);
    }
    for (let at = 0; at < line.length; at++) open.sums[column * samples + at]! += line[at]! * share;
    for (let at = 0; at < lineShares.length; at++) {
      open.shares[column + at]! += lineShares[at]! * share;
    }
  }

  /** Writes the rows above the given one, which no tile reaches any more. */
  #close(end: number): void {
    const data = this.#data;
    if (data === null) return;
    const whole = !(data instanceof Float32Array || data instanceof Float64Array);
    const samples = this.#background.length;
    for (const [row, { sums, shares }] of this.#open) {
      if (row >= end) continue;
      this.#open.delete(row);
      const start = row * sums.length;
      for (let at = 0; at < sums.length; at++) {
        const share = shares[Math.floor(at / samples)]!;
        if (share === 0) continue;
        const bare = Math.max(0, 1 - share);
        const mean = (sums[at]! + bare * this.#background[at % samples]!) / Math.max(1, share);
        data[start + at] = whole ? Math.round(mean) : mean;
      }
    }
  }
}

/**
 * Tells how the pixels of one axis of a tile fall on the canvas.
 *
 * @param offset The matrix pixel of the tile's first.
 * @param count Pixels of the tile.
 * @param total Pixels of the matrix.
 * @param size Pixels of the canvas, no more than of the matrix.
 */
function axisShares(offset: number, count: number, total: number, size: number): AxisShares {
  const first = Math.max(0, -offset);
  const visible = Math.max(0, Math.min(count, total - offset) - first);
  const cells = new Int32Array(visible);
  const shares = new Float64Array(visible);
  const nextShares = new Float64Array(visible);
  const start = Math.floor((offset + first) * size / total);
  let length = 0;
  for (let pixel = 0; pixel < visible; pixel++) {
    const from = (offset + first + pixel) * size / total;
    const to = (offset + first + pixel + 1) * size / total;
    const cell = Math.floor(from);
    cells[pixel] = cell - start;
    shares[pixel] = Math.min(to, cell + 1) - from;
    nextShares[pixel] = Math.max(0, to - cell - 1);
    length = cell - start + (nextShares[pixel]! > 0 ? 2 : 1);
  }
  return { start, length, first, cells, shares, nextShares };
}
