import type { Contrast } from "../contrast/contrast.ts";
import type { MosaicSize } from "../mosaic/plan_mosaic.ts";

/** How slices are drawn by several contrasts beside each other. */
export interface ContrastsOptions extends MosaicSize {
  /**
   * The contrasts, a tile of each slice for each. By default what the file holds and: of CT `lung`, `soft-tissue` and
   * `bone`, of MR `auto`, `t1` and `t2`, of others `auto`; of color nothing else.
   */
  readonly contrasts?: readonly Contrast[] | undefined;
  /** Write on each tile its contrast and, of a series, its slice and where it lies; true by default. */
  readonly labels?: boolean | undefined;
}
