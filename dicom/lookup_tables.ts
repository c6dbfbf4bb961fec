import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import { expandSegments } from "./expand_segments.ts";
import type { ColorPalette, LookupTable } from "./image_description.ts";
import { jsonNumbers, jsonText, numbersOf, textOf } from "./plain_values.ts";
import type { ValueLimits } from "./stored_limits.ts";

/**
 * Reads the lookup tables of a Modality LUT or VOI LUT Sequence (PS3.3 C.11.1,
 * C.11.2) from its items in the DICOM JSON model. Items without a descriptor
 * or entries are left out.
 *
 * @param limits What the values that are looked up can be.
 */
export function readLookupTables(
  items: readonly DicomJson[],
  limits: ValueLimits,
): LookupTable[] {
  return items.flatMap((item) => {
    const descriptor = jsonNumbers(item, "00283002");
    const data = item["00283006"];
    const bytes = data?.InlineBinary !== undefined
      ? Uint8Array.fromBase64(data.InlineBinary)
      : new Uint8Array(Uint16Array.from(jsonNumbers(item, "00283006")).buffer);
    const table = toLookupTable(
      descriptor,
      limits,
      (bits, count) => readEntries(bytes, bits, count),
    );
    if (table === null) return [];
    const explanation = jsonText(item, "00283003");
    return [explanation === undefined ? table : { ...table, explanation }];
  });
}

/**
 * Reads the tables of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6), segmented or not; null
 * when there are none.
 *
 * @param limits What stored values can be.
 */
export function readColorPalette(
  values: AttributeValues,
  limits: ValueLimits,
): ColorPalette | null {
  const [red, green, blue] = ["Red", "Green", "Blue"].map((color) => {
    const data = textOf(values, `${color}PaletteColorLookupTableData`);
    const segments = textOf(values, `Segmented${color}PaletteColorLookupTableData`);
    const descriptor = numbersOf(values, `${color}PaletteColorLookupTableDescriptor`);
    const bytes = Uint8Array.fromBase64(data || segments || "");
    const read = data ? readEntries : readSegments;
    const table = toLookupTable(descriptor, limits, (bits, count) => read(bytes, bits, count));
    // Entries of a palette have 8 or 16 bits; all three must be of one scale.
    const belied = table !== null && descriptor[2]! <= 8 && table.bits > 8;
    return belied ? { ...table, bits: 16 } : table;
  });
  return red && green && blue ? { red, green, blue } : null;
}

/** The entries of a table; null when there are none. */
type Entries = Uint8Array | Uint16Array | null;

/** @param descriptor Number of entries (0 stands for 65,536), first value mapped, bits of an entry. */
function toLookupTable(
  descriptor: readonly number[],
  limits: ValueLimits,
  read: (bits: number, count: number) => Entries,
): LookupTable | null {
  const [counted, first, bits] = descriptor;
  if (counted === undefined || first === undefined || bits === undefined) return null;
  const count = (counted & 0xffff) || 65536;
  const entries = read(bits, count);
  if (entries === null || entries.length === 0) return null;
  const firstValue = firstValueMapped(first, count, limits);
  return { firstValue, bits: bitsOfEntries(bits, entries), entries };
}

/**
 * Takes the sign of the first value mapped from what is looked up, for writers
 * give it as US where it should be SS (PS3.3 C.11.1.1.1, C.11.2.1.1.1): of both
 * readings of the 16 bits, the one by which more of the table can be reached.
 */
function firstValueMapped(written: number, count: number, { low, high }: ValueLimits): number {
  const unsigned = written & 0xffff;
  const signed = unsigned >= 0x8000 ? unsigned - 0x10000 : unsigned;
  const reached = (first: number) => Math.min(high, first + count - 1) - Math.max(low, first);
  const gain = reached(signed) - reached(unsigned);
  return gain > 0 || (gain === 0 && low < 0) ? signed : unsigned;
}

/**
 * Bits of an entry, 8 to 16. Entries that 8 bits cannot hold belie a descriptor that says 8; where it
 * says more, what goes beyond is out of range.
 */
function bitsOfEntries(bits: number, entries: Uint8Array | Uint16Array): number {
  if (bits > 8) return Math.min(16, bits);
  let greatest = 0;
  for (const entry of entries) greatest = Math.max(greatest, entry);
  return Math.max(8, 32 - Math.clz32(greatest));
}

/**
 * Entries in 16-bit words, or in one byte each: some writers pack those of 8 bits, others do not.
 * Of a table that is shorter than its descriptor says, there are those that there are.
 */
function readEntries(bytes: Uint8Array, bits: number, count: number): Entries {
  if (bits <= 8 && bytes.length < count * 2) return bytes.slice(0, count);
  return readWords(bytes, Math.min(count, bytes.length >> 1));
}

/** Segments are of bytes where the descriptor says that entries have 8 bits, else of words. */
function readSegments(bytes: Uint8Array, bits: number, count: number): Entries {
  const segments = bits <= 8 ? bytes : readWords(bytes, bytes.length >> 1);
  return expandSegments(segments, count);
}

function readWords(bytes: Uint8Array, length: number): Uint16Array {
  const words = new Uint16Array(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < length; i++) words[i] = view.getUint16(i * 2, true);
  return words;
}
