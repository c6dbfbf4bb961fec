import { DecodeError } from "../../errors.ts";
import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import {
  type JpegLosslessHeader,
  losslessFrame,
  readJpegLosslessHeader,
} from "./jpeg_lossless_header.ts";
import { appendEndOfImage } from "./end_of_image.ts";
import { checkStreamHeader, toStreamFrame } from "./stream_frame.ts";

const name = "JPEG Lossless";

/** Where a value is cut, the decoder answers the marker that is in its place, in higher bits than values have. */
const markerValue = 0xff0000;
/** The marker EOI. */
const endMarker = 0xffd9;

/**
 * Decodes a frame of lossless JPEG, process 14 with any predictor (ISO/IEC 10918-1
 * annex H, PS3.5 section 8.2.1): Huffman coded, in a single scan.
 *
 * @param bytes The frame's stored bytes.
 * @returns Stored values, at the stream's precision.
 * @throws {DecodeError} When the stream is cut, corrupt, or not of such an image, or uses what
 * the decoder would read wrongly: color of more than 8 bits or in several scans, a point
 * transform, or restarts with another predictor than the first.
 */
export async function decodeJpegLossless(
  bytes: Uint8Array,
  description: ImageDescription,
): Promise<Frame> {
  const header = readJpegLosslessHeader(name, bytes, losslessFrame);
  checkStreamHeader(name, header, description);
  requireReadable(header);
  const { rows, columns, samplesPerPixel } = header;
  if (rows * columns * samplesPerPixel > bytes.length * 8) {
    throw new DecodeError(`the ${name} frame is cut: ${bytes.length} bytes cannot hold its image`);
  }
  const { Decoder } = await import("@cornerstonejs/jpeg-lossless-decoder-js");
  const decoder = new Decoder();
  const cut = () =>
    new DecodeError(`the ${name} frame is cut or corrupt, in row ${decoder.yLoc} of ${rows}`);
  // Half a value that is left over would be lost toward zero, which is wrong below it.
  decoder.select7 = (component) =>
    (decoder.getPreviousX(component) + decoder.getPreviousY(component)) >> 1;
  const { decodeUnit, getn } = decoder;
  decoder.getn = (prediction, size, bits, left) => {
    const value = getn.call(decoder, prediction, size, bits, left);
    if (value >= markerValue) throw cut();
    return value;
  };
  decoder.decodeUnit = (prediction, bits, left) => {
    // It asks for one pixel more than there are, which bits that pad the last byte could pass for.
    if (decoder.yLoc >= rows) return endMarker;
    const marker = decodeUnit.call(decoder, prediction, bits, left);
    if (marker !== 0) throw cut();
    return marker;
  };
  const stream = appendEndOfImage(bytes);
  let samples: Uint8Array | Uint16Array;
  try {
    samples = decoder.decode(stream.buffer, 0, stream.length);
  } catch (cause) {
    if (cause instanceof DecodeError) throw cause;
    throw new DecodeError(`the ${name} frame is corrupt`, { cause });
  }
  if (decoder.yLoc < rows) throw cut();
  const decoded = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return toStreamFrame(name, decoded, header, description);
}

/** Refuses what the decoder does not tell from what it can read. */
function requireReadable(header: JpegLosslessHeader): void {
  const { samplesPerPixel, precision, selection, restartInterval } = header;
  const reason = header.subsampled
    ? "with subsampled components"
    : header.scanComponents !== samplesPerPixel
    ? "in several scans"
    : samplesPerPixel > 1 && precision > 8
    ? `in color of ${precision} bits a sample`
    : selection < 1 || selection > 7
    ? `of predictor ${selection}`
    : header.pointTransform !== 0
    ? "with a point transform"
    : restartInterval > 0 && (samplesPerPixel > 1 || selection !== 1)
    ? "in color or of other predictors than the first, with restarts,"
    : null;
  if (reason !== null) throw new DecodeError(`${name} frames ${reason} cannot be read`);
}
