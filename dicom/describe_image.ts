import { DecodeError, LimitError, NoImageError } from "../errors.ts";
import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import type { ImageDescription, VoiLutFunction, VoiWindow } from "./image_description.ts";
import { readColorPalette, readLookupTables } from "./lookup_tables.ts";
import {
  itemsOf,
  jsonItems,
  jsonList,
  jsonNumbers,
  jsonText,
  listOf,
  numberOf,
  numbersOf,
  textOf,
} from "./plain_values.ts";
import { implicitLittleEndian } from "./transfer_syntax.ts";

/** Limits on what a header may claim of its image. */
export interface ImageLimits {
  /** Most pixels of a frame; 512 × 2^20 by default. */
  readonly maxFramePixels: number;
  /** Most frames; 100,000 by default. */
  readonly maxFrames: number;
}

const defaultImageLimits: ImageLimits = { maxFramePixels: 512 * 1024 * 1024, maxFrames: 100_000 };

/** Options of {@linkcode imageDescriber}. */
export interface DescribeImageOptions {
  /** The instance's address, for errors. */
  readonly address?: string | undefined;
  /** Limits to apply in place of the defaults. */
  readonly limits?: Partial<ImageLimits> | undefined;
}

/** The attributes that {@linkcode imageDescriber} reads, by keyword. */
export const imageKeywords: readonly string[] = [
  "TransferSyntaxUID",
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
  "VOILUTFunction",
  "VOILUTSequence",
  "PixelPaddingValue",
  "PixelPaddingRangeLimit",
  "PixelSpacing",
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
  "SharedFunctionalGroupsSequence",
  "PerFrameFunctionalGroupsSequence",
];

/** Whether the attributes describe an image at all. */
export function hasImage(values: AttributeValues): boolean {
  return (numberOf(values, "Rows") ?? 0) > 0 && (numberOf(values, "Columns") ?? 0) > 0;
}

/** Number of Frames (0028,0008), 1 when it is absent or no count. */
export function frameCountOf(values: AttributeValues): number {
  const count = numberOf(values, "NumberOfFrames") ?? 1;
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/**
 * Prepares the description of an instance's frames from its attributes, as a
 * header or a row of the index gives them.
 *
 * What a functional group says of a frame goes before what it says of all,
 * and that before the instance's own attributes.
 *
 * @returns A function from a frame's number, counted from 0, to its description.
 * @throws {NoImageError} When the attributes describe no image.
 * @throws {DecodeError} When they contradict each other.
 * @throws {LimitError} When a limit is reached.
 */
export function imageDescriber(
  values: AttributeValues,
  options: DescribeImageOptions = {},
): (frame: number) => ImageDescription {
  const { address } = options;
  if (!hasImage(values)) throw new NoImageError("the instance has no image", { address });
  const pixels = readPixelModule(values, options);
  const shared = itemsOf(values, "SharedFunctionalGroupsSequence")[0];
  const perFrame = itemsOf(values, "PerFrameFunctionalGroupsSequence");
  const modalityTable = readLookupTables(itemsOf(values, "ModalityLUTSequence"))[0] ?? null;
  const voiTables = readLookupTables(itemsOf(values, "VOILUTSequence"));
  const palette = readColorPalette(values);
  return (frame) => {
    const groups = (sequence: string): DicomJson | undefined =>
      jsonItems(perFrame[frame], sequence)[0] ?? jsonItems(shared, sequence)[0];
    return {
      ...pixels,
      ...readRescale(values, groups("00289145")),
      modalityTable,
      ...readWindows(values, groups("00289132")),
      voiTables,
      palette,
      pixelAspect: readPixelAspect(values, groups("00289110")),
    };
  };
}

type PixelModule = Omit<
  ImageDescription,
  | "rescaleSlope"
  | "rescaleIntercept"
  | "modalityTable"
  | "windows"
  | "voiLutFunction"
  | "voiTables"
  | "palette"
  | "pixelAspect"
>;

function readPixelModule(values: AttributeValues, options: DescribeImageOptions): PixelModule {
  const { address } = options;
  const limits = { ...defaultImageLimits, ...options.limits };
  const rows = numberOf(values, "Rows")!;
  const columns = numberOf(values, "Columns")!;
  const numberOfFrames = frameCountOf(values);
  const bitsAllocated = numberOf(values, "BitsAllocated") ?? 16;
  const bitsStored = numberOf(values, "BitsStored") ?? bitsAllocated;
  const highBit = numberOf(values, "HighBit") ?? bitsStored - 1;
  const samplesPerPixel = numberOf(values, "SamplesPerPixel") ?? 1;
  if (rows * columns > limits.maxFramePixels) {
    throw new LimitError(
      `a frame of ${columns} × ${rows} is more than ${limits.maxFramePixels} pixels`,
      { address },
    );
  }
  if (numberOfFrames > limits.maxFrames) {
    throw new LimitError(`${numberOfFrames} frames are more than ${limits.maxFrames}`, { address });
  }
  if (![rows, columns, bitsStored, highBit].every(Number.isInteger)) {
    throw new DecodeError("Rows, Columns, Bits Stored and High Bit must be whole numbers", {
      address,
    });
  }
  if (![1, 3, 4].includes(samplesPerPixel)) {
    throw new DecodeError(`Samples per Pixel of ${samplesPerPixel} cannot be read`, { address });
  }
  if (![1, 8, 16, 32, 64].includes(bitsAllocated)) {
    throw new DecodeError(`Bits Allocated of ${bitsAllocated} cannot be read`, { address });
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw new DecodeError(`Bits Stored of ${bitsStored} does not fit ${bitsAllocated} allocated`, {
      address,
    });
  }
  const pixelRepresentation = numberOf(values, "PixelRepresentation") === 1 ? 1 : 0;
  return {
    transferSyntaxUID: textOf(values, "TransferSyntaxUID") ?? implicitLittleEndian,
    rows,
    columns,
    numberOfFrames,
    samplesPerPixel,
    bitsAllocated,
    bitsStored,
    highBit: highBit < bitsStored - 1 || highBit >= bitsAllocated ? bitsStored - 1 : highBit,
    pixelRepresentation,
    photometricInterpretation: textOf(values, "PhotometricInterpretation") ?? "MONOCHROME2",
    planarConfiguration: numberOf(values, "PlanarConfiguration") === 1 ? 1 : 0,
    pixelKind: pixelKindOf(values, bitsAllocated),
    padding: readPadding(values, pixelRepresentation, bitsAllocated, bitsStored),
  };
}

/** A key beside the keywords by which a row of the index tells how its pixel values are kept. */
export const pixelKindKey = "_pixel_kind";

/** The modules of float images (PS3.3 C.7.6.24, C.7.6.25) have neither bits stored nor a sign. */
function pixelKindOf(
  values: AttributeValues,
  bitsAllocated: number,
): ImageDescription["pixelKind"] {
  const kind = textOf(values, pixelKindKey);
  if (kind === "integer") return kind;
  if (kind === "float" && bitsAllocated === 32) return kind;
  if (kind === "double" && bitsAllocated === 64) return kind;
  const integer = numberOf(values, "BitsStored") !== undefined ||
    numberOf(values, "PixelRepresentation") !== undefined;
  return integer || bitsAllocated < 32 ? "integer" : bitsAllocated === 32 ? "float" : "double";
}

/**
 * Pixel Padding Value and its Range Limit, compared as bit patterns of the
 * pixel representation: a value written with the other sign counts too.
 */
function readPadding(
  values: AttributeValues,
  pixelRepresentation: 0 | 1,
  bitsAllocated: number,
  bitsStored: number,
): ImageDescription["padding"] {
  const value = numberOf(values, "PixelPaddingValue");
  if (value === undefined || bitsAllocated > 32) return null;
  const asStored = (pattern: number): number => {
    const cells = 2 ** bitsAllocated;
    const unsigned = ((pattern % cells) + cells) % cells;
    // A negative value is written with its sign over the whole cell, or over the bits stored.
    const span = unsigned < 2 ** bitsStored ? 2 ** bitsStored : cells;
    return pixelRepresentation === 1 && unsigned >= span / 2 ? unsigned - span : unsigned;
  };
  const first = asStored(value);
  const limit = asStored(numberOf(values, "PixelPaddingRangeLimit") ?? value);
  return { low: Math.min(first, limit), high: Math.max(first, limit) };
}

/** Slope and intercept; a dose grid is scaled by its Dose Grid Scaling (PS3.3 C.8.8.3). */
function readRescale(
  values: AttributeValues,
  group: DicomJson | undefined,
): Pick<ImageDescription, "rescaleSlope" | "rescaleIntercept"> {
  const slope = jsonNumbers(group, "00281053")[0] ?? numberOf(values, "RescaleSlope") ??
    numberOf(values, "DoseGridScaling");
  const intercept = jsonNumbers(group, "00281052")[0] ?? numberOf(values, "RescaleIntercept");
  // A slope of 0 would make every pixel alike: no writer can mean it.
  return { rescaleSlope: slope || 1, rescaleIntercept: intercept ?? 0 };
}

function readWindows(
  values: AttributeValues,
  group: DicomJson | undefined,
): Pick<ImageDescription, "windows" | "voiLutFunction"> {
  const grouped = jsonNumbers(group, "00281050").length > 0;
  const centers = grouped ? jsonList(group, "00281050") : listOf(values, "WindowCenter");
  const widths = grouped ? jsonList(group, "00281051") : listOf(values, "WindowWidth");
  const name = grouped ? jsonText(group, "00281056") : textOf(values, "VOILUTFunction");
  const voiLutFunction: VoiLutFunction = name === "LINEAR_EXACT" || name === "SIGMOID"
    ? name
    : "LINEAR";
  const windows: VoiWindow[] = [];
  centers.forEach((center, i) => {
    const width = widths[i];
    if (typeof center !== "number" || typeof width !== "number") return;
    if (voiLutFunction === "LINEAR" ? width >= 1 : width > 0) windows.push({ center, width });
  });
  return { windows, voiLutFunction };
}

/** Pixel Spacing is row spacing, then column spacing; Pixel Aspect Ratio is vertical, then horizontal size. */
function readPixelAspect(values: AttributeValues, group: DicomJson | undefined): number {
  const grouped = jsonNumbers(group, "00280030");
  const spacing = grouped.length === 2 ? grouped : numbersOf(values, "PixelSpacing");
  const pair = spacing.length === 2 ? spacing : numbersOf(values, "PixelAspectRatio");
  const aspect = pair.length === 2 ? pair[0]! / pair[1]! : 1;
  return aspect >= 0.01 && aspect <= 100 ? aspect : 1;
}
