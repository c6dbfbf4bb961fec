import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { readJpegXlHeader } from "./jpeg_xl_header.ts";
import {
  checkDecodedLength,
  checkStreamHeader,
  requirePlausibleSize,
  toStreamFrame,
} from "./stream_frame.ts";
import { WasmCodec, type WasmCodecOptions, type WasmLibrary } from "./wasm_codec.ts";

/** What is used of libjxl. */
interface LibJxl extends WasmLibrary {
  readonly JpegXLDecoder: new () => {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  };
}

const name = "JPEG XL";
/** The transfer syntax whose samples are those of the image, whatever they stand for. */
const jpegXlLossless = "1.2.840.10008.1.2.4.110";

const libJxl = new WasmCodec<LibJxl>(
  name,
  import.meta.resolve("npm:@cornerstonejs/codec-libjxl@^1.1.1/decodewasm"),
  async () => (await import("@cornerstonejs/codec-libjxl/decodewasmjs")).default,
);

/**
 * Decodes a frame of JPEG XL, lossless, lossy, or a JPEG compressed anew
 * (ISO/IEC 18181, PS3.5 section 8.2).
 *
 * @param bytes The frame's stored bytes: a codestream, or a container.
 * @returns Stored values, at the stream's precision; lossy color comes as RGB.
 * @throws {DecodeError} When the stream is cut, corrupt, or not of such an image.
 * @throws {LimitError} When decoding takes more memory than it may.
 */
export async function decodeJpegXl(
  bytes: Uint8Array,
  description: ImageDescription,
  { maxWasmBytes }: WasmCodecOptions = {},
): Promise<Frame> {
  const header = readJpegXlHeader(bytes);
  checkStreamHeader(name, header, description);
  requirePlausibleSize(name, header, bytes.length);
  const samples = header.rows * header.columns * header.samplesPerPixel;
  const decoded = await libJxl.run(2 ** 26 + 4 * bytes.length + 32 * samples, (library) => {
    const decoder = new library.JpegXLDecoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const decoded = decoder.getDecodedBuffer().slice();
    checkDecodedLength(name, decoded, header);
    decoder.delete();
    return decoded;
  }, maxWasmBytes);
  const frame = toStreamFrame(name, decoded, header, description);
  const converted = header.samplesPerPixel === 3 &&
    description.transferSyntaxUID !== jpegXlLossless;
  return converted ? { ...frame, photometricInterpretation: "RGB" } : frame;
}
