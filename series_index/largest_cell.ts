import type { ImageSize } from "../mosaic/image_size.ts";
import type { MosaicLayout } from "../mosaic/plan_mosaic.ts";

/** A size that holds every cell of a mosaic: they differ by a pixel where a side does not divide evenly. */
export function largestCell({ cells }: Pick<MosaicLayout, "cells">): ImageSize {
  return {
    width: Math.max(...cells.map(({ width }) => width)),
    height: Math.max(...cells.map(({ height }) => height)),
  };
}
