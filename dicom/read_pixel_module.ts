import { DecodeError, LimitError } from "../errors.ts";
import type { AttributeValues } from "./attribute.ts";
import { defaultDecodeLimits, type ImageLimits } from "./decode_limits.ts";
import { frameCountOf } from "./frame_count_of.ts";
import type { ImageDescription, PixelVR } from "./image_description.ts";
import { limitHint } from "./limit_hint.ts";
import { numberOf, textOf } from "./plain_values.ts";
import { pixelVRKey } from "./pixel_vr_of.ts";
import { implicitLittleEndian } from "./transfer_syntax.ts";

/** Options of {@linkcode readPixelModule}. */
export interface ReadPixelModuleOptions {
  /** The instance's address, for errors. */
  readonly address?: string | undefined;
  /** Limits to apply in place of the defaults. */
  readonly limits?: Partial<ImageLimits> | undefined;
}

/** How stored values are kept: what all frames of an image share (PS3.3 C.7.6.3). */
export type PixelModule = Pick<
  ImageDescription,
  | "transferSyntaxUID"
  | "rows"
  | "columns"
  | "numberOfFrames"
  | "samplesPerPixel"
  | "bitsAllocated"
  | "bitsStored"
  | "highBit"
  | "pixelRepresentation"
  | "photometricInterpretation"
  | "planarConfiguration"
  | "pixelKind"
  | "pixelVR"
  | "padding"
>;

/**
 * Reads how stored values are kept.
 *
 * @param values Attributes of an instance that has an image.
 * @throws {DecodeError} When they contradict each other.
 * @throws {LimitError} When a limit is reached.
 */
export function readPixelModule(
  values: AttributeValues,
  options: ReadPixelModuleOptions = {},
): PixelModule {
  const { address } = options;
  const limits = { ...defaultDecodeLimits, ...options.limits };
  const rows = numberOf(values, "Rows")!;
  const columns = numberOf(values, "Columns")!;
  const numberOfFrames = frameCountOf(values);
  const bitsAllocated = numberOf(values, "BitsAllocated") ?? 16;
  const bitsStored = numberOf(values, "BitsStored") ?? bitsAllocated;
  const highBit = numberOf(values, "HighBit") ?? bitsStored - 1;
  const samplesPerPixel = numberOf(values, "SamplesPerPixel") ?? 1;
  if (rows * columns > limits.maxFramePixels) {
    throw new LimitError(
      `a frame of ${columns} × ${rows} is more than ${limits.maxFramePixels} pixels` +
        limitHint("maxFramePixels"),
      { address },
    );
  }
  if (numberOfFrames > limits.maxFrames) {
    throw new LimitError(
      `${numberOfFrames} frames are more than ${limits.maxFrames}${limitHint("maxFrames")}`,
      { address },
    );
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
    throw new DecodeError(
      `cells of ${bitsAllocated} bits (Bits Allocated) cannot be read, only of 1, 8, 16 or 32, ` +
        "and floats of 64: have the archive send the pixels in one of these",
      { address },
    );
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw new DecodeError(`Bits Stored of ${bitsStored} does not fit ${bitsAllocated} allocated`, {
      address,
    });
  }
  const pixelRepresentation = numberOf(values, "PixelRepresentation") === 1 ? 1 : 0;
  const pixelKind = readPixelKind(values, bitsAllocated);
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
    pixelKind,
    pixelVR: readPixelVR(values),
    padding: pixelKind === "integer"
      ? readPadding(values, pixelRepresentation, bitsAllocated, bitsStored)
      : readFloatPadding(values, pixelKind),
  };
}

/** The value representation that a row of the index tells, or what decodes a whole instance. */
function readPixelVR(values: AttributeValues): PixelVR | null {
  const vr = textOf(values, pixelVRKey);
  return vr === "OB" || vr === "OW" || vr === "OF" || vr === "OD" ? vr : null;
}

/** The modules of float images (PS3.3 C.7.6.24, C.7.6.25) have neither bits stored nor a sign. */
function readPixelKind(
  values: AttributeValues,
  bitsAllocated: number,
): ImageDescription["pixelKind"] {
  const vr = readPixelVR(values);
  if (vr === "OB" || vr === "OW") return "integer";
  if (vr === "OF" && bitsAllocated === 32) return "float";
  if (vr === "OD" && bitsAllocated === 64) return "double";
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

/** Float or Double Float Pixel Padding Value and its Range Limit (PS3.3 C.7.6.24, C.7.6.25). */
function readFloatPadding(
  values: AttributeValues,
  pixelKind: "float" | "double",
): ImageDescription["padding"] {
  const name = pixelKind === "float" ? "FloatPixelPadding" : "DoubleFloatPixelPadding";
  const value = numberOf(values, `${name}Value`);
  if (value === undefined) return null;
  const limit = numberOf(values, `${name}RangeLimit`) ?? value;
  return { low: Math.min(value, limit), high: Math.max(value, limit) };
}
