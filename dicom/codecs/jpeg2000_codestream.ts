import { DecodeError } from "../../errors.ts";

const startOfCodestream = 0xff4fff51;
const signatureBox = 0x6a502020;
const codestreamBox = 0x6a703263;

/**
 * Finds the codestream in a frame: the frame itself, as PS3.5 A.4.4 wants it,
 * or a box of a JP2 or JPH file (ISO/IEC 15444-1 annex I), which some writers store.
 *
 * @param name The name of the stream's format, for errors.
 * @throws {DecodeError} When there is none.
 */
export function findJpeg2000Codestream(name: string, bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length >= 4 && view.getUint32(0) === startOfCodestream) return bytes;
  if (bytes.length < 12 || view.getUint32(4) !== signatureBox) {
    throw new DecodeError(`the frame is no ${name} codestream: it does not start with FF4F FF51`);
  }
  let at = 0;
  while (at + 16 <= bytes.length) {
    const short = view.getUint32(at);
    const type = view.getUint32(at + 4);
    // 1: the length follows in 8 bytes. 0: the box goes to the end.
    const head = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short || bytes.length - at;
    if (type === codestreamBox) return bytes.subarray(at + head, at + Math.max(length, head));
    if (length < head) break;
    at += length;
  }
  throw new DecodeError(`the ${name} file in the frame has no codestream`);
}
