/** Bytes that mean something to a reader, to be put anywhere. */
const meaningful: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff],
  [0x00, 0x00, 0x00, 0x00],
  [0xfe, 0xff, 0x00, 0xe0],
  [0xfe, 0xff, 0x0d, 0xe0],
  [0xfe, 0xff, 0xdd, 0xe0],
  [0x53, 0x51],
  [0x55, 0x4e],
  [0x46, 0x44],
  [0xff, 0xff],
  [0x1b, 0x24, 0x42],
  [0xe0, 0x7f, 0x10, 0x00],
];

/** Damages a header, which ends at `end`, in one to four places. */
export function mutateHeader(object: Uint8Array, end: number, random: () => number): Uint8Array {
  let mutated = object.slice();
  const pick = (limit: number) => Math.floor(random() * limit);
  for (let changes = 1 + pick(4); changes > 0; changes--) {
    const at = pick(Math.min(end, mutated.length));
    switch (pick(5)) {
      case 0:
        mutated[at] = mutated[at]! ^ (1 << pick(8));
        break;
      case 1:
        mutated[at] = pick(256);
        break;
      case 2: {
        const bytes = meaningful[pick(meaningful.length)]!;
        if (at + bytes.length <= mutated.length) mutated.set(bytes, at);
        break;
      }
      case 3:
        mutated = mutated.slice(0, at);
        break;
      default:
        // Bytes go missing, and all that follows moves.
        mutated.copyWithin(at, at + 1 + pick(16));
    }
  }
  return mutated;
}
