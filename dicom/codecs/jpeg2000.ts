import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import {
  decodeJpeg2000Format,
  type Jpeg2000Decoder,
  type Jpeg2000Format,
  type Jpeg2000Options,
} from "./jpeg2000_decoder.ts";
import { WasmCodec, type WasmLibrary } from "./wasm_codec.ts";

/** What is used of OpenJPEG. */
interface OpenJpeg extends WasmLibrary {
  readonly J2KDecoder: new () => Jpeg2000Decoder;
}

const format: Jpeg2000Format<OpenJpeg> = {
  name: "JPEG 2000",
  codec: new WasmCodec(
    "JPEG 2000",
    import.meta.resolve("npm:@cornerstonejs/codec-openjpeg@^1.3.6/decodewasm"),
    async () => (await import("@cornerstonejs/codec-openjpeg/decodewasmjs")).default,
  ),
  makeDecoder: ({ J2KDecoder }) => new J2KDecoder(),
};

/**
 * Decodes a frame of JPEG 2000 Part 1 (ISO/IEC 15444-1, PS3.5 section 8.2.4), if
 * wished at a reduced resolution.
 *
 * @param bytes The frame's stored bytes: a codestream, or a JP2 file.
 * @returns Stored values, at the stream's precision; RGB where the header says YBR_RCT or YBR_ICT.
 * @throws {DecodeError} When the stream is cut, corrupt, or not of such an image.
 */
export function decodeJpeg2000(
  bytes: Uint8Array,
  description: ImageDescription,
  options: Jpeg2000Options = {},
): Promise<Frame> {
  return decodeJpeg2000Format(format, bytes, description, options);
}
