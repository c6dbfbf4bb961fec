import type { Contrast } from "../contrast/contrast.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import type { PixelArray } from "../dicom/frame.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import { DecodeError } from "../errors.ts";
import { selectSlices } from "../index_cache/select_slices.ts";
import { type Failure, throwIfHostIsDown } from "./failures.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, ReadSlicesOptions, SliceReader } from "./slice_reader.ts";

/** Slices that a window is measured on. */
const maxMeasured = 16;

/** Values of a slice that it is measured by: all of a CT's or MR's. */
const maxValues = 512 * 512;

/**
 * Measures one window for many slices on 16 of them that are spread evenly over those that need it,
 * so that no more than these have to be read before the first is drawn. They are not kept: their
 * values are thinned out where there are many, and whoever draws reads them again.
 *
 * @param indices Numbers of slices in display order.
 * @returns The window; null when none of the slices needs one, or none of the 16 could be read.
 * @throws {NetworkError} When the run was stopped because of the host.
 */
export async function measureSample(
  reader: SliceReader,
  indices: readonly number[],
  contrast: Contrast,
  options: ReadSlicesOptions & { readonly address: string },
): Promise<VoiWindow | null> {
  const needy = indices.filter((index) => needsWindow(reader, index, contrast));
  if (needy.length === 0) return null;
  const sample = selectSlices({ samples: maxMeasured }, needy.length).map((i) => needy[i]!);
  const thinned: DecodedSlice[] = [];
  const failures: Failure[] = [];
  for await (const { url, value, error } of reader.read(sample, options)) {
    if (error === undefined) thinned.push(thinOut(value));
    else failures.push({ url, cause: error });
  }
  // One that failed fails again when it is drawn, and is named then.
  throwIfHostIsDown(failures, sample.length, "slices", options.address);
  return thinned.length === 0 ? null : measureWindows([contrast], thinned)[0]!;
}

function needsWindow(reader: SliceReader, index: number, contrast: Contrast): boolean {
  try {
    return needsAutoWindow(contrast, reader.describe(index));
  } catch (error) {
    // Reading the slice names what is wrong with it.
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** Leaves out rows and columns evenly, until few enough values are left. */
function thinOut(slice: DecodedSlice): DecodedSlice {
  const { rows, columns, samplesPerPixel, data } = slice.frame;
  const step = Math.ceil(Math.sqrt(rows * columns / maxValues));
  if (step <= 1 || samplesPerPixel !== 1) return slice;
  const size = { rows: Math.ceil(rows / step), columns: Math.ceil(columns / step) };
  const Values = data.constructor as new (length: number) => PixelArray;
  const values = new Values(size.rows * size.columns);
  let to = 0;
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column += step) {
      values[to++] = data[row * columns + column]!;
    }
  }
  return { ...slice, frame: { ...slice.frame, ...size, data: values } };
}
