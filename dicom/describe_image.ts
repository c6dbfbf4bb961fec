import { NoImageError } from "../errors.ts";
import type { AddressOptions } from "./address_options.ts";
import type { AttributeValues } from "./attribute.ts";
import type { ImageLimits } from "./decode_limits.ts";
import type { DicomJson } from "./dicom_json.ts";
import type { ImageDescription } from "./image_description.ts";
import { readColorPalette, readLookupTables } from "./lookup_tables.ts";
import { itemsOf, jsonItems, jsonNumbers, numberOf, perFrameGroupsOf } from "./plain_values.ts";
import { readPixelAspect } from "./read_pixel_aspect.ts";
import { readPixelModule } from "./read_pixel_module.ts";
import { voiViewReader } from "./voi_view_reader.ts";
import { segmentColorReader } from "./segment_color_reader.ts";
import { storedLimits, type ValueLimits } from "./stored_limits.ts";

/** Options of {@linkcode imageDescriber}. */
export interface DescribeImageOptions extends AddressOptions {
  /** Limits to apply in place of the defaults. */
  readonly limits?: Partial<ImageLimits> | undefined;
}

/**
 * The attributes that {@linkcode imageDescriber} reads, by keyword.
 *
 * @example
 * ```ts
 * import { hasImage, imageKeywords } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * // The part of a row that pictures take.
 * const row: Record<string, string | number> = { PatientName: "-", Rows: 2, Columns: 2 };
 * const values = Object.fromEntries(imageKeywords.map((keyword) => [keyword, row[keyword] ?? null]));
 * assertEquals(hasImage(values), true);
 * ```
 */
export const imageKeywords: readonly string[] = [
  "TransferSyntaxUID",
  "SOPClassUID",
  "Rows",
  "Columns",
  "NumberOfFrames",
  "SamplesPerPixel",
  "BitsAllocated",
  "BitsStored",
  "HighBit",
  "PixelRepresentation",
  "PhotometricInterpretation",
  "PlanarConfiguration",
  "RescaleSlope",
  "RescaleIntercept",
  "DoseGridScaling",
  "ModalityLUTSequence",
  "WindowCenter",
  "WindowWidth",
  "WindowCenterWidthExplanation",
  "VOILUTFunction",
  "VOILUTSequence",
  "PixelPaddingValue",
  "PixelPaddingRangeLimit",
  "FloatPixelPaddingValue",
  "FloatPixelPaddingRangeLimit",
  "DoubleFloatPixelPaddingValue",
  "DoubleFloatPixelPaddingRangeLimit",
  "PixelSpacing",
  "ImagerPixelSpacing",
  "NominalScannedPixelSpacing",
  "PixelAspectRatio",
  "RedPaletteColorLookupTableDescriptor",
  "GreenPaletteColorLookupTableDescriptor",
  "BluePaletteColorLookupTableDescriptor",
  "RedPaletteColorLookupTableData",
  "GreenPaletteColorLookupTableData",
  "BluePaletteColorLookupTableData",
  "SegmentedRedPaletteColorLookupTableData",
  "SegmentedGreenPaletteColorLookupTableData",
  "SegmentedBluePaletteColorLookupTableData",
  "SegmentationType",
  "SegmentSequence",
  "MaximumFractionalValue",
  "DimensionOrganizationType",
  "SharedFunctionalGroupsSequence",
  "PerFrameFunctionalGroupsSequence",
];

/**
 * Whether the attributes describe an image at all.
 *
 * @example
 * ```ts
 * import { hasImage } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(hasImage({ Rows: 512, Columns: 512 }), true);
 * assertEquals(hasImage({ Modality: "SR" }), false);
 * ```
 */
export function hasImage(values: AttributeValues): boolean {
  return (numberOf(values, "Rows") ?? 0) > 0 && (numberOf(values, "Columns") ?? 0) > 0;
}

/**
 * Prepares the description of an instance's frames from its attributes, as a
 * header or a row of the index gives them.
 *
 * What a functional group says of a frame goes before what it says of all,
 * and that before the instance's own attributes. A dose grid's Dose Grid
 * Scaling (PS3.3 C.8.8.3) is its slope where no other is given, so that its
 * real values are doses.
 *
 * @returns A function from a frame's number, counted from 0, to its description.
 * @throws {NoImageError} When the attributes describe no image.
 * @throws {DecodeError} When they contradict each other.
 * @throws {LimitError} When a limit is reached.
 *
 * @example
 * ```ts
 * import { imageDescriber } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const describe = imageDescriber({
 *   TransferSyntaxUID: "1.2.840.10008.1.2.1",
 *   Rows: 512,
 *   Columns: 256,
 *   BitsAllocated: 16,
 *   BitsStored: 12,
 *   RescaleSlope: 1,
 *   RescaleIntercept: -1024,
 *   PixelSpacing: [0.5, 1],
 * });
 * const { rows, bitsStored, rescaleIntercept, pixelAspect } = describe(0);
 * assertEquals([rows, bitsStored, rescaleIntercept, pixelAspect], [512, 12, -1024, 0.5]);
 * ```
 */
export function imageDescriber(
  values: AttributeValues,
  options: DescribeImageOptions = {},
): (frame: number) => ImageDescription {
  const { address } = options;
  if (!hasImage(values)) throw new NoImageError("the instance has no image", { address });
  const pixels = readPixelModule(values, options);
  const stored = storedLimits(pixels);
  const shared = itemsOf(values, "SharedFunctionalGroupsSequence")[0];
  const perFrame = perFrameGroupsOf(values);
  const modalityTable = readLookupTables(itemsOf(values, "ModalityLUTSequence"), stored)[0] ?? null;
  const readVoiViews = voiViewReader(values);
  const palette = readColorPalette(values, stored);
  const readSegmentColors = segmentColorReader(values, pixels);
  return (frame) => {
    const own = perFrame.at(frame);
    const group = (sequence: string): DicomJson | undefined =>
      jsonItems(own, sequence)[0] ?? jsonItems(shared, sequence)[0];
    const rescale = readRescale(values, group("00289145"));
    const real = modalityTable ? { low: 0, high: 65535 } : rescaled(stored, rescale);
    return {
      ...pixels,
      ...rescale,
      modalityTable,
      ...readVoiViews(group("00289132"), real),
      palette,
      segmentColors: readSegmentColors(frame, group("0062000A")),
      pixelAspect: readPixelAspect(values, group("00289110")),
    };
  };
}

type Rescale = Pick<ImageDescription, "rescaleSlope" | "rescaleIntercept">;

/** Slope and intercept; a dose grid is scaled by its Dose Grid Scaling (PS3.3 C.8.8.3). */
function readRescale(values: AttributeValues, group: DicomJson | undefined): Rescale {
  const slope = jsonNumbers(group, "00281053")[0] ?? numberOf(values, "RescaleSlope") ??
    numberOf(values, "DoseGridScaling");
  const intercept = jsonNumbers(group, "00281052")[0] ?? numberOf(values, "RescaleIntercept");
  // A slope of 0 would make every pixel alike: no writer can mean it.
  return { rescaleSlope: slope || 1, rescaleIntercept: intercept ?? 0 };
}

/** What real values can be. */
function rescaled({ low, high }: ValueLimits, rescale: Rescale): ValueLimits {
  const { rescaleSlope, rescaleIntercept } = rescale;
  const ends = [low, high].map((end) => end * rescaleSlope + rescaleIntercept);
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
