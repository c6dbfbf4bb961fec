import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import { expandSegments } from "./expand_segments.ts";
import type { ColorPalette, LookupTable } from "./image_description.ts";
import { jsonNumbers, numbersOf, textOf } from "./plain_values.ts";

/**
 * Reads the lookup tables of a Modality LUT or VOI LUT Sequence (PS3.3 C.11.1,
 * C.11.2) from its items in the DICOM JSON model. Items that do not hold a
 * whole table are left out.
 */
export function readLookupTables(items: readonly DicomJson[]): LookupTable[] {
  return items.flatMap((item) => {
    const descriptor = jsonNumbers(item, "00283002");
    const data = item["00283006"];
    const words = data?.InlineBinary !== undefined
      ? Uint8Array.fromBase64(data.InlineBinary)
      : new Uint8Array(Uint16Array.from(jsonNumbers(item, "00283006")).buffer);
    return toLookupTable(descriptor, words) ?? [];
  });
}

/**
 * Reads the tables of a PALETTE COLOR image (PS3.3 C.7.6.3.1.5, C.7.6.3.1.6), segmented or not; null
 * when there are none.
 */
export function readColorPalette(values: AttributeValues): ColorPalette | null {
  const [red, green, blue] = ["Red", "Green", "Blue"].map((color) => {
    const data = textOf(values, `${color}PaletteColorLookupTableData`);
    const segments = textOf(values, `Segmented${color}PaletteColorLookupTableData`);
    const descriptor = numbersOf(values, `${color}PaletteColorLookupTableDescriptor`);
    if (data) return toLookupTable(descriptor, Uint8Array.fromBase64(data));
    return segments ? toSegmentedTable(descriptor, Uint8Array.fromBase64(segments)) : null;
  });
  return red && green && blue ? { red, green, blue } : null;
}

/**
 * @param descriptor Number of entries (0 stands for 65,536), first value mapped, bits of an entry.
 * @param bytes The entries: 16-bit little endian words, or one byte each.
 */
function toLookupTable(descriptor: readonly number[], bytes: Uint8Array): LookupTable | null {
  const [count, firstValue, bits] = descriptor;
  if (count === undefined || firstValue === undefined || bits === undefined) return null;
  const length = (count & 0xffff) || 65536;
  // Some writers pack entries of 8 bits in bytes, others leave them in words.
  if (bits <= 8 && bytes.length < length * 2) {
    return bytes.length < length ? null : { firstValue, bits: 8, entries: bytes.slice(0, length) };
  }
  if (bytes.length < length * 2) return null;
  const entries = readWords(bytes, length);
  return { firstValue, bits: Math.max(8, Math.min(16, bits)), entries };
}

/** Segments are of bytes where the descriptor says that entries have 8 bits, else of words. */
function toSegmentedTable(descriptor: readonly number[], bytes: Uint8Array): LookupTable | null {
  const [count, firstValue, bits] = descriptor;
  if (count === undefined || firstValue === undefined || bits === undefined) return null;
  const values = bits <= 8 ? bytes : readWords(bytes, bytes.length >> 1);
  const entries = expandSegments(values, (count & 0xffff) || 65536);
  return entries && { firstValue, bits: Math.max(8, Math.min(16, bits)), entries };
}

function readWords(bytes: Uint8Array, length: number): Uint16Array {
  const words = new Uint16Array(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < length; i++) words[i] = view.getUint16(i * 2, true);
  return words;
}
