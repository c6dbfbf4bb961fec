import type { BlockGrid } from "./jpeg2000_resolution.ts";
import type { PacketBits } from "./packet_bits.ts";
import { TagTree } from "./tag_tree.ts";

/** What is known of a code-block from the packets so far. */
interface Block {
  readonly x: number;
  readonly y: number;
  included: boolean;
  /** Bits that lengths take at least. */
  lengthBits: number;
  /** Passes in the codeword segment under way, and how many it can have. */
  passes: number;
  mostPasses: number;
}

/** A precinct's part of a subband. */
interface Band {
  readonly inclusion: TagTree;
  readonly missingPlanes: TagTree;
  readonly blocks: readonly Block[];
}

/** Flags of how code-blocks are coded (ISO/IEC 15444-1 table A.19, 15444-15). */
const Style = {
  bypass: 1,
  terminateAll: 4,
  verticallyCausal: 8,
  plain: 0x3f,
  highThroughput: 0x40,
};
/** More bit planes than any sample has, and more bits of a length than a stream can have bytes for. */
const mostPlanes = 74;
const mostLengthBits = 32;
const firstLengthBits = 3;

/** A precinct of a component's resolution, whose packets are read layer by layer. */
export class PacketPrecinct {
  readonly #style: number;
  readonly #bands: readonly Band[];

  /**
   * @param grids The code-blocks in each subband.
   * @param style The flags of how they are coded, which {@linkcode isKnownStyle} knows.
   */
  constructor(grids: readonly BlockGrid[], style: number) {
    this.#style = style;
    this.#bands = grids.map(({ across, down }) => ({
      inclusion: new TagTree(across, down),
      missingPlanes: new TagTree(across, down),
      blocks: Array.from({ length: across * down }, (_, i) => ({
        x: i % across,
        y: Math.floor(i / across),
        included: false,
        lengthBits: firstLengthBits,
        passes: 0,
        mostPasses: 0,
      })),
    }));
  }

  /**
   * Reads the header of the precinct's next packet (ISO/IEC 15444-1 B.10).
   *
   * @param layer The packet's layer, from 0 to 254.
   * @returns Bytes that follow the header as the packet's body; null where no such packet can be.
   */
  readHeader(layer: number, bits: PacketBits): number | null {
    if (bits.readBit() === 0) {
      bits.finish();
      return 0;
    }
    let length = 0;
    for (const band of this.#bands) {
      for (const block of band.blocks) {
        const { x, y, included } = block;
        if (included ? bits.readBit() === 0 : !band.inclusion.isBelow(layer + 1, x, y, bits)) {
          continue;
        }
        if (!included && !this.#readPlanes(band, block, bits)) return null;
        const bytes = this.#readLength(block, bits);
        if (bytes === null || bits.cut || bits.broken) return null;
        length += bytes;
      }
    }
    bits.finish();
    return length;
  }

  /** Reads how many bit planes are missing, which is a length in ones: it has to end. */
  #readPlanes(band: Band, block: Block, bits: PacketBits): boolean {
    block.included = true;
    for (let planes = 1; planes <= mostPlanes; planes++) {
      if (band.missingPlanes.isBelow(planes, block.x, block.y, bits)) return true;
    }
    return false;
  }

  #readLength(block: Block, bits: PacketBits): number | null {
    const passes = readPasses(bits);
    block.lengthBits += bits.countOnes();
    if (block.lengthBits > mostLengthBits) return null;
    return this.#style & Style.highThroughput
      ? readHighThroughput(block, passes, bits)
      : this.#readSegments(block, passes, bits);
  }

  /** Reads the lengths of as many codeword segments as the passes are in. */
  #readSegments(block: Block, passes: number, bits: PacketBits): number | null {
    let length = 0;
    for (let left = passes; left > 0;) {
      if (block.passes === block.mostPasses) {
        block.mostPasses = this.#segmentPasses(block.mostPasses);
        block.passes = 0;
      }
      const here = Math.min(left, block.mostPasses - block.passes);
      const size = block.lengthBits + floorLog2(here);
      if (size > mostLengthBits) return null;
      length += bits.readNumber(size);
      block.passes += here;
      left -= here;
    }
    return length;
  }

  /** How many passes the next codeword segment has at most (ISO/IEC 15444-1 D.4.2, D.6). */
  #segmentPasses(before: number): number {
    if (this.#style & Style.terminateAll) return 1;
    if (!(this.#style & Style.bypass)) return Infinity;
    // Ten with arithmetic coding, then two raw ones and one coded by turns.
    if (before === 0) return 10;
    return before === 2 ? 1 : 2;
  }
}

/**
 * Whether {@linkcode PacketPrecinct} knows how code-blocks of a style tell their lengths: all of
 * Part 1, and those of high throughput alone in a single layer.
 */
export function isKnownStyle(style: number, layers: number): boolean {
  return (style & ~Style.plain) === 0 ||
    (style & ~Style.verticallyCausal) === Style.highThroughput && layers === 1;
}

/** Reads a number of coding passes (ISO/IEC 15444-1 table B.4). */
function readPasses(bits: PacketBits): number {
  if (bits.readBit() === 0) return 1;
  if (bits.readBit() === 0) return 2;
  const few = bits.readNumber(2);
  if (few < 3) return 3 + few;
  const more = bits.readNumber(5);
  return more < 31 ? 6 + more : 37 + bits.readNumber(7);
}

/**
 * Reads the lengths of a cleanup segment and of a refinement segment
 * (ISO/IEC 15444-15 B.1 and B.2), within the bounds that each has.
 */
function readHighThroughput(block: Block, passes: number, bits: PacketBits): number | null {
  // Passes come in threes; those before the last ones are placeholders without bytes.
  const placeholders = 3 * Math.floor((passes - 1) / 3);
  const cleanupBits = block.lengthBits + floorLog2(placeholders + 1);
  if (cleanupBits > mostLengthBits) return null;
  const cleanup = bits.readNumber(cleanupBits);
  if (cleanup < 2 || cleanup >= 65535) return null;
  const refinements = passes - placeholders - 1;
  if (refinements === 0) return cleanup;
  const refinement = bits.readNumber(block.lengthBits + refinements - 1);
  return refinement < 2047 ? cleanup + refinement : null;
}

function floorLog2(number: number): number {
  return 31 - Math.clz32(number);
}
