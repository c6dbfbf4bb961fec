import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { explicitLittleEndian } from "../transfer_syntax.ts";
import { decodeNative } from "./native.ts";

/**
 * Decodes a frame of Encapsulated Uncompressed Explicit VR Little Endian
 * (PS3.5 A.4): a native frame that lies in fragments of its own.
 *
 * @param bytes The frame's stored bytes, of which the last may pad.
 * @throws {DecodeError} When there are too few bytes.
 */
export function decodeEncapsulatedUncompressed(
  bytes: Uint8Array,
  description: ImageDescription,
): Frame {
  return decodeNative(bytes, { ...description, transferSyntaxUID: explicitLittleEndian });
}
