/** How the cells of native pixel data are written. */
export interface CellForm {
  readonly allocated: number;
  readonly stored: number;
  readonly highBit: number;
  readonly littleEndian: boolean;
  readonly vr: "OB" | "OW";
}

/**
 * Writes stored values as PS3.5 section 8.1.1 has them, by the letter and bit by bit: the bits of
 * all cells one after another, the lowest first, then in bytes, the last one padded to a word.
 *
 * @param noise Gives the bits of a cell that are not of its value, as overlays are.
 */
export function writeCells(
  values: readonly number[],
  { allocated, stored, highBit, littleEndian, vr }: CellForm,
  noise: () => 0 | 1,
): Uint8Array<ArrayBuffer> {
  const bits = values.flatMap((value) => {
    const cell = Array.from({ length: allocated }, noise);
    for (let bit = 0; bit < stored; bit++) {
      cell[highBit - stored + 1 + bit] = Number(BigInt(value) >> BigInt(bit) & 1n) as 0 | 1;
    }
    return cell;
  });
  while (bits.length % 16 !== 0) bits.push(0);
  const bytes = Array.from({ length: bits.length / 8 }, (_, byte) => {
    return bits.slice(byte * 8, byte * 8 + 8).reduce(
      (sum: number, bit, i) => sum + bit * 2 ** i,
      0,
    );
  });
  // OB is bytes in their order, unless a cell takes several.
  const word = allocated > 8 ? allocated / 8 : vr === "OW" ? 2 : 1;
  const order = (at: number) => at - at % word + (word - 1 - at % word);
  return Uint8Array.from(bytes, (byte, at) => littleEndian ? byte : bytes[order(at)]!);
}
