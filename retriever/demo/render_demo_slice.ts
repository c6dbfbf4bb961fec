import { createSliceSampler } from "./create_slice_sampler.ts";
import { DEMO_GRID } from "./demo_grid.ts";

/**
 * Computes the pixel data of a slice of the demo series: 16-bit signed, little endian, row by row.
 *
 * @param slice 0 for the lowest slice, nearest to the feet.
 */
export function renderDemoSlice(slice: number): Uint8Array<ArrayBuffer> {
  const { rows, columns, pixelSpacing, sliceSpacing, left, front, bottom, intercept } = DEMO_GRID;
  const sample = createSliceSampler(bottom + slice * sliceSpacing);
  const view = new DataView(new ArrayBuffer(DEMO_GRID.frameBytes));
  let offset = 0;
  for (let row = 0; row < rows; row++) {
    const y = front + row * pixelSpacing;
    for (let column = 0; column < columns; column++) {
      const hounsfield = sample(left + column * pixelSpacing, y);
      view.setInt16(offset, Math.round(hounsfield - intercept), true);
      offset += 2;
    }
  }
  return new Uint8Array(view.buffer);
}
