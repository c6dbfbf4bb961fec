import { DecodeError } from "../../errors.ts";
import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { appendEndOfImage, findEndOfImage } from "./end_of_image.ts";
import { jpegLsFrame, readJpegLosslessHeader } from "./jpeg_lossless_header.ts";
import { interleave } from "./native.ts";
import {
  checkDecodedLength,
  checkStreamHeader,
  requirePlausibleSize,
  toStreamFrame,
} from "./stream_frame.ts";
import { WasmCodec, type WasmCodecOptions, type WasmLibrary } from "./wasm_codec.ts";

/** What is used of CharLS. */
interface CharLs extends WasmLibrary {
  readonly JpegLSDecoder: new () => {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    getInterleaveMode(): number;
    delete(): void;
  };
}

const name = "JPEG-LS";

const charLs = new WasmCodec<CharLs>(
  name,
  import.meta.resolve("npm:@cornerstonejs/codec-charls@^1.2.7/decodewasm"),
  async () => (await import("@cornerstonejs/codec-charls/decodewasmjs")).default,
);

/**
 * Decodes a frame of JPEG-LS, lossless or near-lossless (ISO/IEC 14495-1, PS3.5 section 8.2.3).
 *
 * @param bytes The frame's stored bytes; its end marker may be missing.
 * @returns Stored values, at the stream's precision.
 * @throws {DecodeError} When the stream is cut, corrupt, or not of such an image.
 * @throws {LimitError} When decoding takes more memory than it may.
 */
export async function decodeJpegLs(
  bytes: Uint8Array,
  description: ImageDescription,
  { maxWasmBytes }: WasmCodecOptions = {},
): Promise<Frame> {
  const header = readJpegLosslessHeader(name, bytes, jpegLsFrame);
  checkStreamHeader(name, header, description);
  if (header.subsampled) throw new DecodeError(`subsampled ${name} frames cannot be read`);
  requirePlausibleSize(name, header, bytes.length);
  const samples = header.rows * header.columns * header.samplesPerPixel;
  // Some writers leave the end marker out, and CharLS does not decode without it.
  const stream = findEndOfImage(bytes) === null ? appendEndOfImage(bytes) : bytes;
  const { decoded, byPlane } = await charLs.run(
    2 ** 26 + 4 * stream.length + 8 * samples,
    (lib) => {
      const decoder = new lib.JpegLSDecoder();
      decoder.getEncodedBuffer(stream.length).set(stream);
      decoder.decode();
      const decoded = decoder.getDecodedBuffer().slice();
      checkDecodedLength(name, decoded, header);
      const byPlane = decoder.getInterleaveMode() === 0;
      decoder.delete();
      return { decoded, byPlane };
    },
    maxWasmBytes,
  );
  const frame = toStreamFrame(name, decoded, header, description);
  if (!byPlane || frame.samplesPerPixel === 1) return frame;
  return { ...frame, data: interleave(frame.data, frame.rows * frame.columns) };
}
