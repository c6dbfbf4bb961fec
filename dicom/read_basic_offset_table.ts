import { Tag } from "./tag.ts";

/** Bytes of an item's tag and length. */
const itemHead = 8;

/**
 * Reads the basic offset table (PS3.5 A.4) from the first bytes of
 * encapsulated pixel data.
 *
 * @param bytes The first `8 + 4 × numberOfFrames` bytes of the value, or more.
 * @param numberOfFrames Number of Frames.
 * @param valueLength Length of the value in bytes.
 * @returns Where each frame's first item is, from the value's first byte; null where the table is
 * empty, is not one of such frames, or cannot be true: a first frame that is not the first fragment,
 * frames that overlap or go back, or one that begins beyond the value.
 */
export function readBasicOffsetTable(
  bytes: Uint8Array,
  numberOfFrames: number,
  valueLength: number,
): number[] | null {
  const tableEnd = itemHead + 4 * numberOfFrames;
  if (bytes.length < tableEnd) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const tag = ((view.getUint16(0, true) << 16) | view.getUint16(2, true)) >>> 0;
  if (tag !== Tag.Item || view.getUint32(4, true) !== tableEnd - itemHead) return null;
  const starts: number[] = [];
  for (let frame = 0; frame < numberOfFrames; frame++) {
    const start = tableEnd + view.getUint32(itemHead + 4 * frame, true);
    const earliest = frame === 0 ? tableEnd : starts[frame - 1]! + itemHead;
    if (start < earliest || start + itemHead > valueLength) return null;
    starts.push(start);
  }
  return starts[0] === tableEnd ? starts : null;
}
