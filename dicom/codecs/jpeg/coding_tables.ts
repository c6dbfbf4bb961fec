import { DecodeError } from "../../../errors.ts";
import { HuffmanTable } from "./huffman_table.ts";
import { Marker, type Segment } from "./marker_reader.ts";
import { zigzag } from "./zigzag.ts";

/** Sizes of DC differences go no further in DCT processes (T.81 table F.6). */
const largestDcSize = 15;

/** The tables and the restart interval that hold at a place of the stream (T.81 B.2.4). */
export class CodingTables {
  /** Quantization by table, row by row. */
  readonly quantization: (Uint16Array | undefined)[] = [];
  /** Huffman tables of DC differences. */
  readonly dc: (HuffmanTable | undefined)[] = [];
  /** Huffman tables of AC coefficients. */
  readonly ac: (HuffmanTable | undefined)[] = [];
  /** Units between restart markers; 0 for none. */
  restartInterval = 0;

  /**
   * Takes what a segment defines, which holds from there on; other segments are passed over.
   *
   * @throws {DecodeError} When a table is not well-formed.
   */
  define({ marker, parameters }: Segment): void {
    if (marker === Marker.DRI) this.restartInterval = parameters.uint16();
    while (marker === Marker.DQT && parameters.left > 0) {
      const [wide, index] = parameters.nibbles();
      requireIndex(index, wide);
      const table = new Uint16Array(64);
      for (const place of zigzag) table[place] = wide ? parameters.uint16() : parameters.uint8();
      this.quantization[index] = table;
    }
    while (marker === Marker.DHT && parameters.left > 0) {
      const [kind, index] = parameters.nibbles();
      requireIndex(index, kind);
      const counts = parameters.bytes(16);
      const symbols = parameters.bytes(counts.reduce((sum, count) => sum + count));
      if (kind === 0 && symbols.some((size) => size > largestDcSize)) {
        throw new DecodeError("a DC Huffman table of the JPEG stream has sizes that DCT does not");
      }
      (kind === 0 ? this.dc : this.ac)[index] = new HuffmanTable(counts, symbols);
    }
  }
}

function requireIndex(index: number, kind: number): void {
  if (index > 3 || kind > 1) {
    throw new DecodeError(`the JPEG stream defines table ${index} of kind ${kind}, none such`);
  }
}
