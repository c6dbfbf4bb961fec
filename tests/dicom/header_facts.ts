import {
  type DicomElement,
  type DicomHeader,
  HeaderReader,
  parseHeader,
  readAttributes,
} from "@dicom/series-preview/dicom";

/** All that is told of a header, as texts that can be compared: one an attribute, one of the rest. */
export interface HeaderFacts {
  readonly attributes: readonly string[];
  readonly rest: string;
}

const plain = (_: string, value: unknown) => typeof value === "bigint" ? `${value}n` : value;

/** Reads all that a header tells. */
export async function headerFacts(header: DicomHeader): Promise<HeaderFacts> {
  const { transferSyntaxUID, littleEndian, headerLength, totalSize, pixelData } = header;
  const rest = { transferSyntaxUID, littleEndian, headerLength, totalSize, pixelData };
  const attributes = await readAttributes(header);
  return {
    attributes: attributes.map((attribute) => JSON.stringify(attribute, plain)),
    rest: JSON.stringify(rest),
  };
}

/** Tells every element of a header, with where its value is, and the items of sequences. */
export function elementFacts({ fileMeta, dataset }: DicomHeader): string[] {
  const tell = ({ tag, vr, offset, length, items }: DicomElement): string => {
    const inside = items?.map((item) => [...item.values()].map(tell).join());
    return `${tag} ${vr} ${offset}+${length} ${
      inside === undefined ? "" : `[${inside.join("|")}]`
    }`;
  };
  return [...fileMeta.values(), ...dataset.values()].map(tell);
}

/** Reads the header of a whole object, which must be complete. */
export function wholeHeader(object: Uint8Array): DicomHeader {
  const result = parseHeader(object, { totalSize: object.length });
  if (!result.complete) throw new Error(`a whole object needs ${result.bytesNeeded} bytes`);
  return result.header;
}

/** Reads a header from chunks of given lengths, over and over, as they would come in. */
export function headerInChunks(object: Uint8Array, lengths: () => number): DicomHeader {
  const reader = new HeaderReader();
  for (let at = 0; at < object.length;) {
    const end = Math.min(object.length, at + lengths());
    const result = reader.append(object.slice(at, end), object.length);
    if (result.complete) return result.header;
    if (result.bytesNeeded <= end) {
      throw new Error(`${result.bytesNeeded} bytes are needed where ${end} are there`);
    }
    at = end;
  }
  throw new Error("the header is not complete with the whole object");
}

/** Numbers from 0 up to 1 that are the same in each run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
