import type { AttributeColumns } from "./attribute_columns.ts";
import { sliceTraitReader } from "./slice_trait_reader.ts";
import { slideOrderReader } from "./slide_order_reader.ts";
import type { HeaderNumber, SortableSlice } from "./sortable_slice.ts";

/**
 * Makes a reader of what the place of an instance in display order hangs on.
 *
 * @param columns The columns of a series.
 * @returns Reads an instance by its number.
 */
export function sortableSliceReader(
  columns: AttributeColumns,
): (instance: number) => SortableSlice {
  const readTraits = sliceTraitReader(columns);
  const readSlideOrder = slideOrderReader(columns);
  return (instance) => {
    const position = numbers(columns, 0x00200032, instance, 3);
    const orientation = numbers(columns, 0x00200037, instance, 6);
    const location = headerNumber(columns, 0x00201041, instance);
    const uid = columns.get(0x00080018)?.cells.at(instance);
    return {
      position: position as SortableSlice["position"],
      orientation: orientation as SortableSlice["orientation"],
      sliceLocation: typeof location === "number" ? location : null,
      temporalPositionIdentifier: headerNumber(columns, 0x00200100, instance),
      acquisitionNumber: headerNumber(columns, 0x00200012, instance),
      echoNumbers: headerNumber(columns, 0x00180086, instance),
      instanceNumber: headerNumber(columns, 0x00200013, instance),
      sopInstanceUID: typeof uid === "string" ? uid : "",
      traits: readTraits(instance),
      slideOrder: readSlideOrder(instance),
    };
  };
}

/** Exactly as many numbers as asked for, or null. */
function numbers(
  columns: AttributeColumns,
  tag: number,
  instance: number,
  count: number,
): readonly unknown[] | null {
  const cell = columns.get(tag)?.cells.at(instance);
  if (!Array.isArray(cell) || cell.length !== count) return null;
  return cell.every((value) => typeof value === "number" && Number.isFinite(value)) ? cell : null;
}

function headerNumber(columns: AttributeColumns, tag: number, instance: number): HeaderNumber {
  const cell = columns.get(tag)?.cells.at(instance) ?? null;
  if (Array.isArray(cell)) return cell;
  return typeof cell === "number" ? cell : typeof cell === "bigint" ? Number(cell) : null;
}
