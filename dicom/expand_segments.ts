/** Reads the segments of a table as 8-bit or 16-bit values. */
interface SegmentReader {
  readonly values: Uint8Array | Uint16Array;
  /** The entries made so far, and room for the others. */
  readonly entries: Uint8Array | Uint16Array;
  /** How many are made. */
  made: number;
}

const discrete = 0;
const linear = 1;
const indirect = 2;

/**
 * Expands the segments of a Segmented Palette Color Lookup Table (PS3.3
 * C.7.9.2): entries as they are, straight lines from the entry before, and
 * earlier segments once more.
 *
 * @param values The segments: bytes where entries have 8 bits, else 16-bit values.
 * @param length How many entries the table has; what goes beyond them is left out.
 * @returns The entries; null where the segments break a rule, or make fewer.
 */
export function expandSegments<T extends Uint8Array | Uint16Array>(
  values: T,
  length: number,
): T | null {
  const entries = values instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
  const reader: SegmentReader = { values, entries, made: 0 };
  let at = 0;
  while (reader.made < length) {
    const end = values[at] === indirect ? copySegments(reader, at) : readSegment(reader, at);
    if (end === null) return null;
    at = end;
  }
  return entries as T;
}

/** Reads a discrete or linear segment; answers where it ends, or null where there is none such. */
function readSegment(reader: SegmentReader, at: number): number | null {
  const { values, entries, made } = reader;
  const opcode = values[at];
  const length = values[at + 1];
  if (length === undefined || length === 0) return null;
  const count = Math.min(length, entries.length - made);
  if (opcode === discrete) {
    const end = at + 2 + length;
    if (at + 2 + count > values.length) return null;
    entries.set(values.subarray(at + 2, at + 2 + count), made);
    reader.made += count;
    return end;
  }
  const last = values[at + 2];
  // A line starts from the entry before it, so that it cannot be the first.
  if (opcode !== linear || last === undefined || made === 0) return null;
  const before = entries[made - 1]!;
  // The standard leaves rounding open: steps of equal size in doubles, as numpy and pydicom take them.
  const first = before + (last - before) / length;
  const step = length === 1 ? 0 : (last - first) / (length - 1);
  for (let i = 0; i < count; i++) {
    entries[made + i] = i === length - 1 ? last : roundHalfEven(first + i * step);
  }
  reader.made += count;
  return at + 3;
}

/** Reads earlier segments once more, as many as an indirect segment at an offset says. */
function copySegments(reader: SegmentReader, at: number): number | null {
  const { values, entries } = reader;
  const bytesPerValue = values.BYTES_PER_ELEMENT;
  const end = at + 2 + 4 / bytesPerValue;
  if (end > values.length) return null;
  const count = values[at + 1]!;
  // The offset is of 32 bits in bytes, least significant part first.
  let offset = 0;
  for (let i = end - 1; i >= at + 2; i--) offset = offset * 2 ** (8 * bytesPerValue) + values[i]!;
  if (count === 0 || offset % bytesPerValue !== 0) return null;
  let from = offset / bytesPerValue;
  for (let i = 0; i < count && reader.made < entries.length; i++) {
    // What it names must lie before it, and may not be indirect itself: so nothing goes in circles.
    const next = from < at ? readSegment(reader, from) : null;
    if (next === null || next > at) return null;
    from = next;
  }
  return end;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}
