import type { AttributeScalar } from "../dicom/attribute.ts";

/** A cell: null where the instance has no value, an array where it has several. */
export type Cell = AttributeScalar | null | readonly (AttributeScalar | null)[];

/** Cells in a row; an array is one, too. */
export interface Cells {
  /** How many there are. */
  readonly length: number;
  /** A cell, counted from 0; undefined where there is none. */
  at(index: number): Cell | undefined;
}
