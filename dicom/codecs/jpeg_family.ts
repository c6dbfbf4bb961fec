import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { losslessFrame } from "./jpeg_lossless_header.ts";

/** The transfer syntaxes of lossless JPEG. */
const losslessSyntaxes: readonly string[] = ["1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"];

/** Starts of frames with a Huffman-coded DCT: SOF0, SOF1 and SOF2. */
const dctFrames: readonly number[] = [0xc0, 0xc1, 0xc2];
const startOfScan = 0xda;

/**
 * Decodes a frame of a JPEG syntax, by DCT or lossless as its stream tells:
 * writers name the one and store the other. Where the stream does not tell, the
 * transfer syntax does.
 *
 * @param bytes The frame's stored bytes, from the start of image on.
 * @throws {DecodeError} When the stream is of another process, cut or corrupt,
 * or its image is not of the size and samples described.
 */
export async function decodeJpegFamily(
  bytes: Uint8Array,
  description: ImageDescription,
): Promise<Frame> {
  if (isLossless(bytes) ?? losslessSyntaxes.includes(description.transferSyntaxUID)) {
    const { decodeJpegLossless } = await import("./jpeg_lossless.ts");
    return await decodeJpegLossless(bytes, description);
  }
  const { decodeJpegFrame } = await import("./jpeg/decode_jpeg_frame.ts");
  return decodeJpegFrame(bytes, description);
}

/** Whether the frame header is of lossless coding; null when none of either is before the first scan. */
function isLossless(bytes: Uint8Array): boolean | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === losslessFrame) return true;
    if (dctFrames.includes(marker)) return false;
    if (marker === startOfScan) return null;
    at += 2 + (bytes[at + 2]! << 8 | bytes[at + 3]!);
  }
  return null;
}
