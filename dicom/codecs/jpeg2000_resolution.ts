import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { precinctGrid, precinctSize } from "./jpeg2000_precincts.ts";

/** What a subband's part in a precinct is divided into. */
export interface BlockGrid {
  /** Code-blocks from left to right. */
  readonly across: number;
  /** Code-blocks from top to bottom. */
  readonly down: number;
}

/**
 * One resolution of a component of an image that is one tile and starts at the
 * origin of the reference grid, and what it is divided into (ISO/IEC 15444-1 B.5 to B.7).
 */
export class Jpeg2000Resolution {
  /** How many precincts it has from left to right, and in all. */
  readonly precincts: { readonly across: number; readonly count: number };
  /** The most code-blocks that it can have, those of all precincts together. */
  readonly blocks: number;
  readonly #bands: readonly Extent[];
  /** Exponents of the sizes of a precinct's part of a subband. */
  readonly #part: Extent;
  /** Exponents of the sizes of a code-block. */
  readonly #block: Extent;

  /**
   * @param header Precincts of all but the lowest resolution are at least two samples wide and high.
   * @param resolution From 0, the lowest, to the number of levels.
   */
  constructor(header: Jpeg2000Header, resolution: number) {
    const { width, height } = precinctSize(header, resolution);
    const { across, down } = precinctGrid(header, resolution);
    this.precincts = { across, count: across * down };
    this.#bands = bandsOf(header, resolution);
    const halved = resolution === 0 ? 0 : 1;
    this.#part = { width: width - halved, height: height - halved };
    const { codeBlock } = header;
    this.#block = {
      width: Math.min(codeBlock.width, this.#part.width),
      height: Math.min(codeBlock.height, this.#part.height),
    };
    this.blocks = this.#bands.map((band) => gridOf(band, this.#block))
      .reduce((sum, { across, down }) => sum + across * down, 0);
  }

  /**
   * The code-blocks of a precinct in each of its subbands; none for a subband without.
   *
   * @param precinct Its number, row by row.
   */
  blocksOf(precinct: number): BlockGrid[] {
    const x = precinct % this.precincts.across;
    const y = Math.floor(precinct / this.precincts.across);
    return this.#bands.map((band) =>
      gridOf({
        width: partOf(band.width, x, this.#part.width),
        height: partOf(band.height, y, this.#part.height),
      }, this.#block)
    );
  }
}

/** Two sizes, or their exponents. */
interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The sizes of the subbands: the lowest resolution's own, else what it adds across, down and in both. */
function bandsOf({ columns, rows, levels }: Jpeg2000Header, resolution: number): Extent[] {
  const scale = 2 ** (levels - Math.max(1, resolution) + 1);
  const low = { width: Math.ceil(columns / scale), height: Math.ceil(rows / scale) };
  if (resolution === 0) return [low];
  const high = {
    width: Math.max(0, Math.ceil(columns / scale - 0.5)),
    height: Math.max(0, Math.ceil(rows / scale - 0.5)),
  };
  return [
    { width: high.width, height: low.height },
    { width: low.width, height: high.height },
    high,
  ];
}

/** How much of a side lies in the part of a number. */
function partOf(side: number, number: number, exponent: number): number {
  const part = 2 ** exponent;
  return Math.min(part, Math.max(0, side - number * part));
}

/** What a size is divided into by blocks of a size in exponents. */
function gridOf(size: Extent, exponents: Extent): BlockGrid {
  return {
    across: Math.ceil(size.width / 2 ** exponents.width),
    down: Math.ceil(size.height / 2 ** exponents.height),
  };
}
