import { DecodeError, InvalidHeaderError, LimitError, UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { createPause } from "../runtime/create_pause.ts";
import type { ProgressOptions } from "../runtime/progress_options.ts";
import type { AddressOptions } from "./address_options.ts";
import { decodeFrame, requireDecodable } from "./decode_frame.ts";
import type { DecodeLimits } from "./decode_limits.ts";
import { imageDescriber } from "./describe_image.ts";
import type { Frame, PixelArray } from "./frame.ts";
import type { ImageDescription } from "./image_description.ts";
import { locateFrames } from "./locate_frames.ts";
import { packFrames } from "./pack_frames.ts";
import { parseHeader } from "./parse_header.ts";
import { pixelVRKey, pixelVROf } from "./pixel_vr_of.ts";
import { readAttributes, toAttributeValues } from "./read_attributes.ts";

/** Options of {@linkcode decodePixels}. */
export interface DecodePixelsOptions extends AbortOptions, ProgressOptions, AddressOptions {
  /** Numbers of the frames to decode, counted from 0, in the order they are to come; all by default. */
  readonly frames?: readonly number[] | undefined;
  /**
   * How often to halve the resolution. JPEG 2000 and HTJ2K do, as often as their stream allows; all
   * other formats have but level 0 and come whole, as `rows` and `columns` of the result then tell.
   */
  readonly level?: number | undefined;
  /**
   * Whether samples of 8 bits that were written as big endian words (OW) are turned around two by
   * two, as the standard has it (PS3.5 section 8.1.1) and as pictures are drawn. False by default:
   * they come as they lie, which is what pydicom before version 3 gives.
   */
  readonly swapWords?: boolean | undefined;
  /** Limits on the image and on what decoding it takes, in place of the defaults. */
  readonly limits?: Partial<DecodeLimits> | undefined;
}

/** Stored values of an instance's frames. */
export interface DecodedPixels {
  /**
   * `frames × rows × columns × samplesPerPixel` values: frames one after another, row by row, color
   * interleaved. The smallest typed array that holds values of the image's bits stored and sign.
   */
  readonly data: PixelArray;
  /** Rows of a frame. */
  readonly rows: number;
  /** Columns of a frame. */
  readonly columns: number;
  /** 1 for monochrome and palette, 3 for color. */
  readonly samplesPerPixel: number;
  /** How many frames there are in `data`. */
  readonly frames: number;
}

/** Most bytes that frames may take together. */
const maxBytes = 2 ** 32;

/**
 * Decodes the pixels of an instance to stored values (PS3.3 C.7.6.3), with
 * nothing applied: no rescale, no lookup table, no color transform but the one
 * that is part of a JPEG 2000 codestream. YBR_FULL_422 comes as three samples
 * a pixel, its chroma repeated.
 *
 * @param object A whole instance: a PS3.10 file, or its dataset alone.
 * @throws {NoImageError} When the instance has no image.
 * @throws {UsageError} When a frame or the level asked for is none.
 * @throws {UnsupportedTransferSyntaxError} When there is no codec for the transfer syntax.
 * @throws {DecodeError} When the pixel data is cut or corrupt, or contradicts the header.
 * @throws {NotDicomError} When the object is no DICOM.
 * @throws {InvalidHeaderError} When the header breaks a rule, or the object ends inside it.
 * @throws {LimitError} When a limit is reached.
 *
 * @example
 * ```ts
 * import { decodePixels } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * // A dataset in implicit VR little endian.
 * const object = new Uint8Array([
 *   ...[0x08, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54], // Modality (0008,0060)
 *   ...[0x28, 0, 0x10, 0, 2, 0, 0, 0, 1, 0], // Rows (0028,0010)
 *   ...[0x28, 0, 0x11, 0, 2, 0, 0, 0, 2, 0], // Columns (0028,0011)
 *   ...[0x28, 0, 0x00, 1, 2, 0, 0, 0, 16, 0], // Bits Allocated (0028,0100)
 *   ...[0x28, 0, 0x01, 1, 2, 0, 0, 0, 12, 0], // Bits Stored (0028,0101)
 *   ...[0xe0, 0x7f, 0x10, 0, 4, 0, 0, 0, 1, 0, 0xff, 0x0f], // Pixel Data (7FE0,0010)
 * ]);
 *
 * const { data, rows, columns, samplesPerPixel, frames } = await decodePixels(object);
 * assertEquals(data, Uint16Array.of(1, 4095));
 * assertEquals([rows, columns, samplesPerPixel, frames], [1, 2, 1, 1]);
 * ```
 */
export async function decodePixels(
  object: Uint8Array,
  options: DecodePixelsOptions = {},
): Promise<DecodedPixels> {
  const { address, signal, onProgress, limits, level = 0, swapWords = false } = options;
  const maxWasmBytes = limits?.maxWasmBytes;
  const pause = createPause(signal);
  await pause();
  if (!Number.isInteger(level) || level < 0) {
    throw new UsageError(`the level is ${level}; it is a whole number from 0 on`);
  }
  const parsed = parseHeader(object, { totalSize: object.length, address });
  if (!parsed.complete) {
    throw new InvalidHeaderError(
      `the object is cut: its header takes ${parsed.bytesNeeded} bytes`,
      {
        address,
      },
    );
  }
  const { header } = parsed;
  const { pixelData } = header;
  const describeFrame = imageDescriber({
    ...toAttributeValues(await readAttributes(header, { signal })),
    TransferSyntaxUID: header.transferSyntaxUID,
    [pixelVRKey]: pixelData && pixelVROf(pixelData),
  }, { address, limits });
  const describe = (frame: number) => {
    const description = describeFrame(frame);
    return swapWords ? description : asBytes(description);
  };
  requireDecodable(header.transferSyntaxUID, address);
  const description = describe(0);
  const numbers = chooseFrames(options.frames, description, address);
  const frames: Frame[] = [];
  try {
    const located = await locateFrames(object, header, description, { address });
    const { transferSyntaxUID } = located;
    for (const number of numbers) {
      await pause();
      const { bytes, bitOffset } = located.frame(number);
      const stored = { ...describe(number), transferSyntaxUID };
      const how = { bitOffset, level, maxWasmBytes, address, signal };
      frames.push(await decodeFrame(bytes, stored, how));
      onProgress?.(frames.length, numbers.length);
    }
  } catch (error) {
    // Codecs do not know whose bytes they have.
    if (!(error instanceof DecodeError) || error.address !== null) throw error;
    throw new DecodeError(error.message, { address, cause: error });
  }
  return {
    ...sizeOf(frames, address),
    data: packFrames(frames, description),
    frames: frames.length,
  };
}

/** The image, its samples of 8 bits taken for bytes even where they were written as words. */
function asBytes(description: ImageDescription): ImageDescription {
  return description.bitsAllocated === 8 ? { ...description, pixelVR: "OB" } : description;
}

/** The numbers of the frames to decode, after a look at whether they are there, and not too many. */
function chooseFrames(
  chosen: readonly number[] | undefined,
  description: ImageDescription,
  address: string | undefined,
): readonly number[] {
  const { numberOfFrames, rows, columns, samplesPerPixel, bitsAllocated } = description;
  const numbers = chosen ?? Array.from({ length: numberOfFrames }, (_, frame) => frame);
  for (const number of numbers) {
    if (Number.isInteger(number) && number >= 0 && number < numberOfFrames) continue;
    throw new UsageError(`there is no frame ${number} among ${numberOfFrames}, counted from 0`, {
      address,
    });
  }
  if (numbers.length === 0) {
    throw new UsageError("no frame is asked for: name some, or leave `frames` out for all", {
      address,
    });
  }
  const bytes = numbers.length * rows * columns * samplesPerPixel * Math.ceil(bitsAllocated / 8);
  if (bytes > maxBytes) {
    throw new LimitError(`${numbers.length} frames take ${bytes} bytes: ask for fewer at once`, {
      address,
    });
  }
  return numbers;
}

/** Streams of one image may allow for different levels; then they cannot lie in one array. */
function sizeOf(
  frames: readonly Frame[],
  address: string | undefined,
): Pick<DecodedPixels, "rows" | "columns" | "samplesPerPixel"> {
  const { rows, columns, samplesPerPixel } = frames[0]!;
  const alike = frames.every((frame) =>
    frame.rows === rows && frame.columns === columns && frame.samplesPerPixel === samplesPerPixel
  );
  if (!alike) throw new DecodeError("the frames are of different sizes at this level", { address });
  return { rows, columns, samplesPerPixel };
}
