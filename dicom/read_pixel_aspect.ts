import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import { jsonNumbers, numbersOf } from "./plain_values.ts";

/**
 * Reads how high a pixel is, divided by its width; 1 when nothing tells.
 *
 * Spacings come before the bare ratio: of the patient, of the detector where a
 * projection has no other, of a scanned film (PS3.3 10.7.1.3). All are of rows,
 * then of columns; Pixel Aspect Ratio (C.7.6.3.1.7) is vertical, then horizontal size.
 *
 * @param measures The frame's item of the Pixel Measures Sequence.
 */
export function readPixelAspect(values: AttributeValues, measures: DicomJson | undefined): number {
  const aspects = [
    jsonNumbers(measures, "00280030"),
    numbersOf(values, "PixelSpacing"),
    numbersOf(values, "ImagerPixelSpacing"),
    numbersOf(values, "NominalScannedPixelSpacing"),
    numbersOf(values, "PixelAspectRatio"),
  ].map((pair) => pair.length === 2 ? pair[0]! / pair[1]! : NaN);
  return aspects.find((aspect) => aspect >= 0.01 && aspect <= 100) ?? 1;
}
