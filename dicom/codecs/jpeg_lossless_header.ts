import { DecodeError } from "../../errors.ts";
import type { StreamHeader } from "./stream_frame.ts";

/** The frame and scan header of a JPEG Lossless (T.81) or JPEG-LS (T.87) stream. */
export interface JpegLosslessHeader extends StreamHeader {
  /** Whether a component is sampled less than others. */
  readonly subsampled: boolean;
  /** MCUs between restart markers; 0 for none. */
  readonly restartInterval: number;
  /** Components in the first scan. */
  readonly scanComponents: number;
  /** The scan's predictor (T.81), or NEAR (T.87). */
  readonly selection: number;
  /** The scan's point transform. */
  readonly pointTransform: number;
}

const startOfImage = 0xffd8;
const startOfScan = 0xda;
const defineRestartInterval = 0xdd;

/** Start of a JPEG Lossless frame, Huffman coded: SOF3. */
export const losslessFrame = 0xc3;
/** Start of a JPEG-LS frame: SOF55. */
export const jpegLsFrame = 0xf7;

/**
 * Reads the marker segments of a JPEG stream up to its first scan.
 *
 * @param name The name of the stream's format, for errors.
 * @param startOfFrame The marker of the frame header it must have.
 * @throws {DecodeError} When the stream is another, or cut.
 */
export function readJpegLosslessHeader(
  name: string,
  bytes: Uint8Array,
  startOfFrame: number,
): JpegLosslessHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 4 || view.getUint16(0) !== startOfImage) {
    throw new DecodeError(`the frame is no ${name} stream: it does not start with FFD8`);
  }
  let frame: StreamHeader & { readonly subsampled: boolean } | null = null;
  let restartInterval = 0;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff) break;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (end > bytes.length) break;
    const body = bytes.subarray(at + 4, end);
    if (marker === startOfScan) {
      const [scanComponents = 0] = body;
      if (frame === null || body.length < 4 + 2 * scanComponents) break;
      return {
        ...frame,
        restartInterval,
        scanComponents,
        selection: body[1 + 2 * scanComponents]!,
        pointTransform: body[3 + 2 * scanComponents]! & 15,
      };
    }
    if (marker === startOfFrame) {
      frame = readFrame(body);
      if (frame === null) break;
    } else if (isStartOfFrame(marker)) {
      throw new DecodeError(`the frame is no ${name} stream: it has the marker FF${hex(marker)}`);
    } else if (marker === defineRestartInterval && body.length >= 2) {
      restartInterval = view.getUint16(at + 4);
    }
    at = end;
  }
  throw new DecodeError(`the ${name} frame is corrupt or cut in its header, at byte ${at}`);
}

function readFrame(body: Uint8Array): StreamHeader & { readonly subsampled: boolean } | null {
  const samplesPerPixel = body[5];
  if (samplesPerPixel === undefined || body.length < 6 + 3 * samplesPerPixel) return null;
  const samplings = Array.from({ length: samplesPerPixel }, (_, i) => body[7 + 3 * i]);
  return {
    precision: body[0]!,
    rows: (body[1]! << 8) | body[2]!,
    columns: (body[3]! << 8) | body[4]!,
    samplesPerPixel,
    subsampled: samplings.some((sampling) => sampling !== 0x11),
  };
}

/** SOF0 to SOF15 without DHT, JPG and DAC, and JPEG-LS's SOF55. */
function isStartOfFrame(marker: number): boolean {
  return marker === jpegLsFrame || marker >> 4 === 12 && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
