import type { ReadFrameOptions } from "./frame_bytes.ts";
import type { PixelSource } from "./pixel_source.ts";
import { valueLengthOf } from "./value_length_of.ts";
import type { ValueStarts } from "./value_starts.ts";

/** Where items lie in an object. */
export interface ItemSpan {
  /** Offset of the first item's tag. */
  readonly start: number;
  /** Offset behind the last item. */
  readonly end: number;
  /** Whether the first item is the basic offset table, and not a fragment. */
  readonly withTable: boolean;
}

/** Bytes of an item's tag and length. */
const itemHead = 8;

/**
 * Tells where the items of an encapsulated frame lie: of a single frame those
 * of the value, else as an offset table says, which may have to be read first.
 *
 * @param frame The frame's number, counted from 0.
 * @returns Null where nothing tells.
 */
export async function locateItems(
  starts: ValueStarts,
  source: PixelSource,
  pixelOffset: number,
  numberOfFrames: number,
  frame: number,
  options: ReadFrameOptions,
): Promise<ItemSpan | null> {
  const valueLength = valueLengthOf(source, pixelOffset);
  if (valueLength === null) return null;
  const valueEnd = pixelOffset + valueLength;
  if (numberOfFrames === 1) return { start: pixelOffset, end: valueEnd, withTable: true };
  const { frameOffsets, frameLengths } = source;
  if (frameOffsets?.length === numberOfFrames && frameLengths?.length === numberOfFrames) {
    const start = frameOffsets[frame]! - itemHead;
    const length = frameLengths[frame]!;
    // A fragment is of even length; whether the table counts its pad byte is left open.
    const end = start + itemHead + length + length % 2;
    const isInside = start >= pixelOffset + itemHead && end <= valueEnd;
    return isInside ? { start, end, withTable: false } : null;
  }
  const { frameStarts } = await starts.read(source, pixelOffset, numberOfFrames, options);
  if (frameStarts === null) return null;
  const next = frameStarts[frame + 1];
  return {
    start: pixelOffset + frameStarts[frame]!,
    end: next === undefined ? valueEnd : pixelOffset + next,
    withTable: false,
  };
}
