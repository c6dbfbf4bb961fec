import { parseDateTime } from "../dicom/parse_date_time.ts";
import type { SliceTraits } from "../dicom/slice_traits.ts";
import type { AttributeColumns } from "./attribute_columns.ts";
import type { Cell, Cells } from "./cells.ts";

/** Reads the values of an attribute of an instance; empty when it has none. */
type ReadValues = (instance: number) => readonly unknown[];

/** What GE adds to the b-values of some sequences, as a mark. */
const GE_B_VALUE_MARK = 1e9;

/**
 * Makes a reader of what tells an instance apart from others of its place, from standard attributes
 * and from the private ones in which vendors say the same.
 *
 * @param columns The columns of a series.
 * @returns Reads an instance by its number.
 */
export function sliceTraitReader(columns: AttributeColumns): (instance: number) => SliceTraits {
  const standard = (tag: number) => standardValues(columns, tag);
  const vendor = (group: number, creator: string, ...elements: readonly number[]) =>
    privateValues(columns, group, creator, elements);

  const bValue = [
    standard(0x00189087),
    vendor(0x0019, "SIEMENS MR HEADER", 0x0c),
    vendor(0x0043, "GEMS_PARM_01", 0x39),
    vendor(0x2001, "Philips Imaging DD 001", 0x03),
    vendor(0x0065, "Image Private Header", 0x09),
  ];
  const gradientOrientation = [
    standard(0x00189089),
    vendor(0x0019, "SIEMENS MR HEADER", 0x0e),
    vendor(0x0019, "GEMS_ACQU_01", 0xbb, 0xbc, 0xbd),
    vendor(0x2005, "Philips MR Imaging DD 001", 0xb0, 0xb1, 0xb2),
    vendor(0x0065, "Image Private Header", 0x37),
  ];
  const phase = [standard(0x00209241), vendor(0x2001, "Philips Imaging DD 001", 0x08)];
  const labeling = [
    standard(0x00189257),
    vendor(0x2005, "Philips MR Imaging DD 005", 0x29),
  ];
  const imageType = [
    standard(0x00080008),
    standard(0x00089208),
    // Magnitude, phase, real or imaginary.
    vendor(0x0043, "GEMS_PARM_01", 0x2f),
  ];
  const acquiredAt = acquisitionReader(
    standard(0x0008002a),
    standard(0x00080022),
    standard(0x00080032),
  );
  const temporalPositionCount = [standard(0x00200105)];
  const frameReferenceTime = [standard(0x00541300)];
  const triggerTime = [standard(0x00181060)];
  const inversionTime = [standard(0x00180082)];
  const flipAngle = [standard(0x00181314)];
  const echoTime = [standard(0x00180081)];

  return (instance) => {
    const b = firstNumber(bValue, instance);
    return {
      bValue: b !== undefined && b >= GE_B_VALUE_MARK ? b - GE_B_VALUE_MARK : b,
      gradientOrientation: firstText(gradientOrientation, instance),
      temporalPositionCount: firstNumber(temporalPositionCount, instance),
      frameReferenceTime: firstNumber(frameReferenceTime, instance),
      phase: firstNumber(phase, instance),
      triggerTime: firstNumber(triggerTime, instance),
      imageType: imageType.flatMap((read) => read(instance)).join("\\") || undefined,
      labeling: firstText(labeling, instance),
      inversionTime: firstNumber(inversionTime, instance),
      flipAngle: firstNumber(flipAngle, instance),
      echoTime: firstNumber(echoTime, instance),
      acquiredAt: acquiredAt(instance),
    };
  };
}

/** Reads Acquisition DateTime, else date and time, as ACR-NEMA wrote them, too: `YYYY.MM.DD`, `HH:MM:SS`. */
function acquisitionReader(
  dateTime: ReadValues,
  date: ReadValues,
  time: ReadValues,
): (instance: number) => number | undefined {
  return (instance) => {
    const [whole] = dateTime(instance);
    if (typeof whole === "string") return parseDateTime(whole);
    const [clock] = time(instance);
    if (typeof clock !== "string") return undefined;
    const [day = "19700101"] = date(instance);
    return parseDateTime(String(day).replaceAll(".", "") + clock.replaceAll(":", ""));
  };
}

/** The first of several attributes that is a number. */
function firstNumber(sources: readonly ReadValues[], instance: number): number | undefined {
  for (const read of sources) {
    const [value] = read(instance);
    if (typeof value === "number" && Number.isFinite(value)) return value;
  }
  return undefined;
}

/** All values of the first of several attributes that has any, joined. */
function firstText(sources: readonly ReadValues[], instance: number): string | undefined {
  for (const read of sources) {
    const values = read(instance);
    if (values.length > 0) return values.join("\\");
  }
  return undefined;
}

const NONE: readonly unknown[] = [];

function standardValues(columns: AttributeColumns, tag: number): ReadValues {
  const column = columns.get(tag);
  return column === undefined ? () => NONE : (instance) => valuesOf(column.cells.at(instance));
}

function valuesOf(cell: Cell | undefined): readonly unknown[] {
  return cell === undefined || cell === null ? NONE : Array.isArray(cell) ? cell : [cell];
}

/** The values of private elements, in whichever block their creator has reserved (PS3.5 section 7.8.1). */
function privateValues(
  columns: AttributeColumns,
  group: number,
  creator: string,
  elements: readonly number[],
): ReadValues {
  const blocks: { creators: Cells; reads: readonly ReadValues[] }[] = [];
  for (let block = 0x10; block <= 0xff; block++) {
    const creators = columns.get(group * 0x10000 + block)?.cells;
    if (creators === undefined || !includes(creators, creator)) continue;
    const first = group * 0x10000 + block * 0x100;
    blocks.push({
      creators,
      reads: elements.map((element) => standardValues(columns, first + element)),
    });
  }
  return (instance) => {
    const block = blocks.find(({ creators }) => creators.at(instance) === creator);
    return block === undefined ? NONE : block.reads.flatMap((read) => read(instance));
  };
}

function includes(cells: Cells, value: Cell): boolean {
  for (let instance = 0; instance < cells.length; instance++) {
    if (cells.at(instance) === value) return true;
  }
  return false;
}
