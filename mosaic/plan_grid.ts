import { NoImageError, UsageError } from "../errors.ts";
import { checkWhole, maxSide } from "./check_whole.ts";
import { trimGrid } from "./trim_grid.ts";
import type { MosaicGrid } from "./mosaic_grid.ts";

/** What a call asks of a mosaic's grid. */
export interface GridOptions {
  /** How many slices; 9, or `columns × rows` where both are given, when absent. */
  readonly samples?: number | undefined;
  /** Tiles across; ⌈√n⌉ for n samples when absent, or as many as the rows take. */
  readonly columns?: number | undefined;
  /** Tiles down; as many as the samples take when absent. */
  readonly rows?: number | undefined;
  /** How many slices there are to show; as many as asked for when absent. */
  readonly sliceCount?: number | undefined;
}

const defaultSamples = 9;
/** More tiles than a picture of the largest size could show. */
const maxSamples = 65_536;

/**
 * Decides the grid of a mosaic.
 *
 * With n samples there are ⌈√n⌉ columns and ⌈n ÷ columns⌉ rows; of columns and
 * rows, what is given is kept, and the other follows from n. Only where there
 * are fewer slices than asked for does the grid shrink, until no row or column
 * of it is empty.
 *
 * Slices have to be asked for before it is known how many there are: plan
 * without `sliceCount` to learn how many to ask for, and with it to lay them out.
 *
 * @param options What the call asks
 * @returns The grid
 * @throws {UsageError} If a number is not whole or out of bounds, or more samples are asked for than cells
 * @throws {NoImageError} If there is no slice
 *
 * @example The default, and a short series
 * ```ts
 * import { planGrid } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(planGrid(), { columns: 3, rows: 3, samples: 9 });
 * assertEquals(planGrid({ columns: 4, rows: 2 }).samples, 8);
 * assertEquals(planGrid({ columns: 4, rows: 2, sliceCount: 3 }), { columns: 3, rows: 1, samples: 3 });
 * ```
 */
export function planGrid(options: GridOptions = {}): MosaicGrid {
  const { columns, rows, sliceCount } = options;
  if (columns !== undefined) checkWhole("columns", columns, 1, maxSide);
  if (rows !== undefined) checkWhole("rows", rows, 1, maxSide);
  const cells = columns !== undefined && rows !== undefined ? columns * rows : null;
  const asked = options.samples ?? cells ?? defaultSamples;
  checkWhole("samples", asked, 1, maxSamples);
  if (cells !== null && asked > cells) {
    throw new UsageError(
      `${asked} samples do not fit in ${columns} columns × ${rows} rows: ` +
        "ask for fewer samples, or leave out columns or rows",
    );
  }
  if (sliceCount !== undefined && sliceCount < 1) {
    throw new NoImageError("there are no slices to lay out: choose a wider range");
  }
  const samples = Math.min(asked, sliceCount ?? asked);
  const grid = fillGrid(samples, columns, rows);
  return samples < asked ? trimGrid(grid) : grid;
}

function fillGrid(samples: number, columns?: number, rows?: number): MosaicGrid {
  const across = columns ??
    (rows === undefined ? Math.ceil(Math.sqrt(samples)) : Math.ceil(samples / rows));
  return { columns: across, rows: rows ?? Math.ceil(samples / across), samples };
}
