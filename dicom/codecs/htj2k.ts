import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import {
  decodeJpeg2000Format,
  type Jpeg2000Decoder,
  type Jpeg2000Format,
  type Jpeg2000Options,
} from "./jpeg2000_decoder.ts";
import { WasmCodec, type WasmLibrary } from "./wasm_codec.ts";

/** What is used of OpenJPH. */
interface OpenJph extends WasmLibrary {
  readonly HTJ2KDecoder: new () => Jpeg2000Decoder;
}

const format: Jpeg2000Format<OpenJph> = {
  name: "HTJ2K",
  codec: new WasmCodec(
    "HTJ2K",
    import.meta.resolve("npm:@cornerstonejs/codec-openjph@^2.4.11/wasm"),
    async () => (await import("@cornerstonejs/codec-openjph/wasmjs")).default,
  ),
  makeDecoder: ({ HTJ2KDecoder }) => new HTJ2KDecoder(),
  arrange: (frame, header) =>
    header.colorTransform || frame.samplesPerPixel === 1 ? frame : fromPlanes(frame),
};

/**
 * Without a color transform OpenJPH gives the rows of one component after
 * those of the other; the decoder around it takes them in turns.
 */
function fromPlanes(frame: Frame): Frame {
  const { rows, columns, samplesPerPixel } = frame;
  const data = frame.data.slice();
  for (let line = 0; line < rows * samplesPerPixel; line++) {
    const from = Math.floor(line / samplesPerPixel) * columns * samplesPerPixel +
      line % samplesPerPixel;
    const to = (line % rows) * columns * samplesPerPixel + Math.floor(line / rows);
    for (let i = 0; i < columns * samplesPerPixel; i += samplesPerPixel) {
      data[to + i] = frame.data[from + i]!;
    }
  }
  return { ...frame, data };
}

/**
 * Decodes a frame of High-Throughput JPEG 2000 (ISO/IEC 15444-15, PS3.5 section
 * 8.2), if wished at a reduced resolution.
 *
 * @param bytes The frame's stored bytes: a codestream, or a JPH file.
 * @returns Stored values, at the stream's precision; RGB where the header says YBR_RCT or YBR_ICT.
 * @throws {DecodeError} When the stream is cut, corrupt, or not of such an image.
 */
export function decodeHtj2k(
  bytes: Uint8Array,
  description: ImageDescription,
  options: Jpeg2000Options = {},
): Promise<Frame> {
  return decodeJpeg2000Format(format, bytes, description, options);
}
