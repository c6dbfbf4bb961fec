/** The cells of a mosaic and how many of them are filled, row by row from the top left. */
export interface MosaicGrid {
  /** Cells beside each other. */
  readonly columns: number;
  /** Cells below each other. */
  readonly rows: number;
  /** Cells that are filled; at most `columns × rows`. */
  readonly samples: number;
}
