import { parseContrast, resolveVoi, type WindowVoi } from "../contrast/mod.ts";
import { decodeFrame } from "../dicom/decode_frame.ts";
import { renderFrame } from "../mosaic/render_frame.ts";
import { describeSample } from "../tests/dicom/codecs/encode_samples.ts";
import { makeSlice } from "./make_slice.ts";
import { referenceTile } from "./reference_tile.ts";

/** Width and height of the tile. */
const side = 256;

const slice = makeSlice();
const bytes = new Uint8Array(Int16Array.from(slice.values, (value) => value + 1024).buffer);
const description = describeSample(slice, {
  transferSyntaxUID: "1.2.840.10008.1.2.1",
  rescaleIntercept: -1024,
});
const window = { center: 40, width: 350 };
const voi = resolveVoi(parseContrast("soft-tissue"), description, window) as WindowVoi;

/** Draws a tile of a native slice as a mosaic does, from its stored bytes. */
export async function drawTile(): Promise<Uint8Array | Uint8ClampedArray> {
  const frame = await decodeFrame(bytes, description);
  return renderFrame(frame, description, voi, { width: side, height: side }).data;
}

/** Draws the same tile by {@linkcode referenceTile}. */
export function drawReferenceTile(): Uint8Array {
  return referenceTile(bytes, description, voi, side);
}
