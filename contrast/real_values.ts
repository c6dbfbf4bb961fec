import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { modalityFunction } from "./modality_function.ts";

/**
 * Turns a monochrome frame's stored values into real ones, such as HU, by the
 * modality lookup table or by slope and intercept (PS3.3 C.11.1).
 *
 * Padding is turned like any other value.
 *
 * @param frame Stored values
 * @param description The description of the image that the frame is of
 * @returns A real value for every stored one, in the same order
 *
 * @example Hounsfield units
 * ```ts
 * import { realValues } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const frame = { rows: 1, columns: 2, samplesPerPixel: 1, data: Int16Array.of(24, 1064) };
 * const description = { modalityTable: null, rescaleSlope: 1, rescaleIntercept: -1024 };
 * assertEquals(realValues(frame, description), Float64Array.of(-1000, 40));
 * ```
 */
export function realValues(
  frame: Frame,
  description: Pick<ImageDescription, "modalityTable" | "rescaleSlope" | "rescaleIntercept">,
): Float64Array {
  const { data } = frame;
  const toReal = modalityFunction(description);
  const values = new Float64Array(data.length);
  for (let index = 0; index < data.length; index++) values[index] = toReal(data[index]!);
  return values;
}
