import { DecodeError } from "../../errors.ts";
import { endOfImage, findEndOfImage } from "./end_of_image.ts";

/** A tile-part of a codestream: some of the packets of a tile. */
export interface TilePart {
  /** The tile's number. */
  readonly tile: number;
  /** Offset of its marker segment SOT. */
  readonly start: number;
  /** Offset behind its last byte. */
  readonly end: number;
}

const startOfTilePart = 0xff90;
const endOfCodestream = 0xffd9;
const headLength = 12;
/** Length of SOT as it gives it itself, its marker left out. */
const segmentLength = 10;

/**
 * Lists the tile-parts of a codestream (ISO/IEC 15444-1 A.4.2), which tell
 * whether it is whole: the decoders make a picture of a cut one too.
 *
 * @param name The name of the stream's format, for errors.
 * @param at Offset of the first tile-part.
 * @param tiles Tiles of the image.
 * @throws {DecodeError} When a tile is missing or cut.
 */
export function listTileParts(
  name: string,
  codestream: Uint8Array,
  at: number,
  tiles: number,
): TilePart[] {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.length);
  const parts: TilePart[] = [];
  const seen = new Set<number>();
  let start = at;
  while (start + headLength <= codestream.length && view.getUint16(start) === startOfTilePart) {
    const tile = view.getUint16(start + 4);
    const length = view.getUint32(start + 6);
    // 0 only for the last one, which goes to the end of the codestream.
    const end = length === 0 ? findEnd(name, codestream) : start + length;
    const sound = view.getUint16(start + 2) === segmentLength && tile < tiles;
    if (!sound || end < start + headLength || end > codestream.length) {
      throw new DecodeError(
        `the ${name} frame is cut or corrupt: a part of its tile ${tile} goes to byte ${end} ` +
          `of ${codestream.length}`,
      );
    }
    parts.push({ tile, start, end });
    seen.add(tile);
    start = end;
  }
  // Some writers leave out the end marker, and pad with zeros.
  const ended = start + 2 <= codestream.length && view.getUint16(start) === endOfCodestream;
  if (!ended && codestream.subarray(start).some((byte) => byte !== 0)) {
    throw new DecodeError(
      `the ${name} frame is corrupt: neither a tile nor its end is at byte ${start}`,
    );
  }
  if (seen.size < tiles) {
    throw new DecodeError(`the ${name} frame is cut: it has ${seen.size} of ${tiles} tiles`);
  }
  return parts;
}

/** Where the end marker starts. */
function findEnd(name: string, codestream: Uint8Array): number {
  const end = findEndOfImage(codestream);
  if (end === null) throw new DecodeError(`the ${name} frame is cut: it has no end marker`);
  return end - endOfImage.length;
}
