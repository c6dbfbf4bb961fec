import { Inflate } from "pako";
import { DecodeError } from "../../errors.ts";
import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { decodeEncapsulatedUncompressed } from "./encapsulated_uncompressed.ts";
import { nativeFrameRange } from "../frame_layout.ts";

const inflatePiece = 4096;
const syncFlush = 2;
/** Deflate codes no more than 258 bytes in two bits. */
const maxGrowth = 258 * 4;

/**
 * Decodes a frame of Deflated Image Frame Compression (PS3.5
 * section 8.2 and A.4): a native frame, deflated by itself. It is fed in small pieces, so
 * that what would inflate beyond the frame's size stops there.
 *
 * @param bytes The frame's stored bytes; one may pad them.
 * @throws {DecodeError} When they are cut or corrupt, or inflate to more than the frame.
 */
export function decodeDeflatedFrame(bytes: Uint8Array, description: ImageDescription): Frame {
  const { length } = nativeFrameRange({ ...description, numberOfFrames: 1 }, 0);
  if (length > bytes.length * maxGrowth) {
    throw new DecodeError(
      `the deflated frame is cut: ${bytes.length} bytes cannot hold its ${length}`,
    );
  }
  // A frame of odd length may be padded before it is deflated, too.
  const native = new Uint8Array(length + (length % 2));
  let written = 0;
  const inflate = new Inflate({ raw: true });
  inflate.onData = (inflated: Uint8Array) => {
    if (written + inflated.length > native.length) {
      throw new DecodeError(`the deflated frame inflates to more than its ${length} bytes`);
    }
    native.set(inflated, written);
    written += inflated.length;
  };
  for (let at = 0; at < bytes.length && !inflate.ended; at += inflatePiece) {
    inflate.push(bytes.subarray(at, at + inflatePiece), syncFlush);
    if (inflate.err) throw new DecodeError("the deflated frame is corrupt");
  }
  if (!inflate.ended) throw new DecodeError("the deflated frame is cut");
  return decodeEncapsulatedUncompressed(native.subarray(0, written), description);
}
