import type { AttributeColumn } from "./attribute_column.ts";
import type { HeaderNumber, SortableSlice } from "./sortable_slice.ts";

/** The columns of a series by tag. */
export type AttributeColumns = ReadonlyMap<number, AttributeColumn>;

/** Reads from the columns of a series what the place of an instance in display order hangs on. */
export function readSortableSlice(columns: AttributeColumns, instance: number): SortableSlice {
  const position = numbers(columns, 0x00200032, instance, 3);
  const orientation = numbers(columns, 0x00200037, instance, 6);
  const location = headerNumber(columns, 0x00201041, instance);
  const uid = columns.get(0x00080018)?.cells[instance];
  return {
    position: position as SortableSlice["position"],
    orientation: orientation as SortableSlice["orientation"],
    sliceLocation: typeof location === "number" ? location : null,
    temporalPositionIdentifier: headerNumber(columns, 0x00200100, instance),
    acquisitionNumber: headerNumber(columns, 0x00200012, instance),
    echoNumbers: headerNumber(columns, 0x00180086, instance),
    instanceNumber: headerNumber(columns, 0x00200013, instance),
    sopInstanceUID: typeof uid === "string" ? uid : "",
  };
}

/** Exactly as many numbers as asked for, or null. */
function numbers(
  columns: AttributeColumns,
  tag: number,
  instance: number,
  count: number,
): readonly unknown[] | null {
  const cell = columns.get(tag)?.cells[instance];
  if (!Array.isArray(cell) || cell.length !== count) return null;
  return cell.every((value) => typeof value === "number" && Number.isFinite(value)) ? cell : null;
}

function headerNumber(columns: AttributeColumns, tag: number, instance: number): HeaderNumber {
  const cell = columns.get(tag)?.cells[instance] ?? null;
  if (Array.isArray(cell)) return cell;
  return typeof cell === "number" ? cell : typeof cell === "bigint" ? Number(cell) : null;
}
