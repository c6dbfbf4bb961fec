/** A component of blocks that each have one value. */
export interface FlatComponent {
  readonly hSampling: number;
  readonly vSampling: number;
  /** The value of the block at a place, in steps of 1 from the middle of the range. */
  readonly valueAt: (blockColumn: number, blockRow: number) => number;
}

/** Writes an extended sequential stream of one scan of flat blocks, with any sampling factors. */
export function writeFlatJpeg(
  rows: number,
  columns: number,
  precision: number,
  components: readonly FlatComponent[],
): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit--) bits.push(value >> bit & 1);
  };
  // A component alone is not interleaved: its blocks come row by row.
  const orders = components.length > 1 ? components : [{ hSampling: 1, vSampling: 1 }];
  const hMax = Math.max(...orders.map(({ hSampling }) => hSampling));
  const vMax = Math.max(...orders.map(({ vSampling }) => vSampling));
  const predictions = components.map(() => 0);
  for (let y = 0; y < Math.ceil(rows / 8 / vMax); y++) {
    for (let x = 0; x < Math.ceil(columns / 8 / hMax); x++) {
      components.forEach(({ valueAt }, i) => {
        const { hSampling, vSampling } = orders[i]!;
        for (let block = 0; block < hSampling * vSampling; block++) {
          const column = x * hSampling + block % hSampling;
          // A DC coefficient of 8 is a sample of 1.
          const value = 8 * valueAt(column, y * vSampling + Math.floor(block / hSampling));
          const difference = value - predictions[i]!;
          predictions[i] = value;
          const size = 32 - Math.clz32(Math.abs(difference));
          // Sixteen codes of five bits, then the one code for the end of a block.
          put(size, 5);
          put(difference < 0 ? difference + (1 << size) - 1 : difference, size);
          put(0, 1);
        }
      });
    }
  }
  while (bits.length % 8 !== 0) bits.push(1);
  const coded: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit);
    coded.push(byte, ...byte === 0xff ? [0] : []);
  }
  const word = (value: number) => [value >> 8, value & 255];
  const segment = (
    marker: number,
    parameters: number[],
  ) => [0xff, marker, ...word(parameters.length + 2), ...parameters];
  const counts = (length: number, count: number) =>
    Array.from({ length: 16 }, (_, i) => i + 1 === length ? count : 0);
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, [0, ...new Array<number>(64).fill(1)]),
    ...segment(0xc4, [0x00, ...counts(5, 16), ...Array.from({ length: 16 }, (_, i) => i)]),
    ...segment(0xc4, [0x10, ...counts(1, 1), 0]),
    ...segment(0xc1, [
      ...[precision, ...word(rows), ...word(columns), components.length],
      ...components.flatMap(({ hSampling, vSampling }, i) => [i, hSampling << 4 | vSampling, 0]),
    ]),
    ...segment(0xda, [components.length, ...components.flatMap((_, i) => [i, 0]), 0, 63, 0]),
    ...coded,
    ...[0xff, 0xd9],
  ]);
}
