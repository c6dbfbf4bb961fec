import { decodeFrame, type DecodeFrameOptions } from "../../dicom/decode_frame.ts";
import type { Frame } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import type { Tile } from "../../dicom/slide/plan_tiles.ts";
import type { PixelMatrix } from "../../dicom/slide/read_pixel_matrix.ts";
import { DecodeError } from "../../errors.ts";
import type { FrameBytes } from "../../retriever/frame_bytes.ts";
import { shownTile } from "./shown_tile.ts";

/**
 * Decodes a tile: color to 8-bit RGB, grey to stored values.
 *
 * All frames of an image are of one size, but some writers end the compressed tiles at the right and
 * lower edges of the matrix where it ends.
 *
 * @throws {DecodeError} When the tile is neither as large as the others nor as what is seen of it.
 */
export async function decodeTile(
  { bytes, bitOffset, transferSyntaxUID }: FrameBytes,
  description: ImageDescription,
  { column, row }: Tile,
  matrix: PixelMatrix,
  { maxWasmBytes }: Pick<DecodeFrameOptions, "maxWasmBytes"> = {},
): Promise<Frame> {
  const decode = async (size: PixelMatrix) => {
    const sized = { ...description, ...size, transferSyntaxUID };
    return shownTile(await decodeFrame(bytes, sized, { bitOffset, maxWasmBytes }), sized);
  };
  const { columns, rows } = description;
  const seen = {
    columns: Math.min(columns, matrix.columns - column),
    rows: Math.min(rows, matrix.rows - row),
  };
  try {
    return await decode({ columns, rows });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (seen.columns === columns && seen.rows === rows) throw error;
    try {
      return await decode(seen);
    } catch (again) {
      // What is wrong with it is said of a tile of its full size.
      throw again instanceof DecodeError ? error : again;
    }
  }
}
