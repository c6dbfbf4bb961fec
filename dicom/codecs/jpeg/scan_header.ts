import { DecodeError } from "../../../errors.ts";
import type { CodingTables } from "./coding_tables.ts";
import type { HuffmanTable } from "./huffman_table.ts";
import type { JpegComponent } from "./jpeg_component.ts";
import type { SegmentReader } from "./segment_reader.ts";

/** A component of a scan. */
export interface ScanComponent {
  readonly component: JpegComponent;
  /** The table of its DC differences, when the scan has any. */
  readonly dcTable: HuffmanTable | null;
  /** The table of its AC coefficients, when the scan has any. */
  readonly acTable: HuffmanTable | null;
  /** The DC coefficient of the block before. */
  prediction: number;
}

/** What a scan codes (T.81 B.2.3). */
export interface ScanHeader {
  readonly components: readonly ScanComponent[];
  /** The first coefficient in coded order. */
  readonly first: number;
  /** The last one. */
  readonly last: number;
  /** The lowest bit that was coded before; 0 for a first scan. */
  readonly high: number;
  /** The lowest bit that is coded now. */
  readonly low: number;
}

/**
 * Reads a scan header, and notes in the components what the scan codes.
 *
 * @throws {DecodeError} When it is not well-formed, codes what was coded
 * before, or leaves bits out.
 */
export function readScanHeader(
  parameters: SegmentReader,
  all: readonly JpegComponent[],
  tables: CodingTables,
  progressive: boolean,
): ScanHeader {
  const count = parameters.uint8();
  const chosen = Array.from({ length: count }, () => {
    const id = parameters.uint8();
    const [dcIndex, acIndex] = parameters.nibbles();
    return { id, dcIndex, acIndex };
  });
  const range = readRange(parameters, progressive);
  const { first, last, high, low } = range;
  if (count < 1 || count > 4 || (first > 0 && count > 1)) {
    throw new DecodeError(`a JPEG scan has ${count} components, which it cannot`);
  }
  const codesDc = first === 0 && high === 0;
  const codesAc = last > 0;
  const components = chosen.map(({ id, dcIndex, acIndex }): ScanComponent => {
    const component = all.find((each) => each.id === id);
    if (component === undefined) {
      throw new DecodeError(`a JPEG scan has component ${id}, the frame has none such`);
    }
    component.quantization ??= need(
      tables.quantization,
      component.quantizationIndex,
      "quantization",
    );
    noteScan(component, first, last, high, low);
    return {
      component,
      dcTable: codesDc ? need(tables.dc, dcIndex, "DC Huffman") : null,
      acTable: codesAc ? need(tables.ac, acIndex, "AC Huffman") : null,
      prediction: 0,
    };
  });
  return { components, ...range };
}

/** Which coefficients and bits a scan codes; a sequential one has all, whatever it says. */
function readRange(
  parameters: SegmentReader,
  progressive: boolean,
): Omit<ScanHeader, "components"> {
  const first = parameters.uint8();
  const last = parameters.uint8();
  const [high, low] = parameters.nibbles();
  if (!progressive) return { first: 0, last: 63, high: 0, low: 0 };
  const rangeFits = first === 0 ? last === 0 : first <= last && last <= 63;
  if (!rangeFits || low > 13 || (high > 0 && low !== high - 1)) {
    throw new DecodeError(
      `a progressive JPEG scan of coefficients ${first} to ${last}, bits ${high} to ${low}, is none`,
    );
  }
  return { first, last, high, low };
}

/** Each scan goes on where those before it ended (T.81 G.1.1.1). */
function noteScan(
  component: JpegComponent,
  first: number,
  last: number,
  high: number,
  low: number,
): void {
  const { decodedTo, id } = component;
  const before = high === 0 ? -1 : high;
  for (let place = first; place <= last; place++) {
    if (decodedTo[place] !== before) {
      throw new DecodeError(
        `the JPEG scans of component ${id} repeat or leave out bits of coefficient ${place}`,
      );
    }
    decodedTo[place] = low;
  }
}

function need<T>(tables: readonly (T | undefined)[], index: number, kind: string): T {
  const table = tables[index];
  if (table === undefined) {
    throw new DecodeError(`the JPEG stream does not define its ${kind} table ${index}`);
  }
  return table;
}
