import type { AttributeValue } from "../dicom/attribute.ts";
import { type SlideOrder, slideOrder } from "../dicom/slide/slide_order.ts";
import type { AttributeColumn } from "./attribute_column.ts";

/** Total Pixel Matrix Columns, which every image of a slide has. */
const totalPixelMatrixColumns = 0x00480006;

/** The other attributes that `slideOrder` reads. */
const tags: readonly number[] = [
  0x00080008,
  0x00080016,
  0x00209311,
  0x00280008,
  0x00280010,
  0x00280011,
  totalPixelMatrixColumns,
  0x00480007,
  0x52009230,
];

/**
 * Makes a reader of where images of slides are shown among each other.
 *
 * @param columns The columns of a series.
 * @returns Reads an instance by its number; null for what is no image of a slide.
 */
export function slideOrderReader(
  columns: ReadonlyMap<number, AttributeColumn>,
): (instance: number) => SlideOrder | null {
  if (!columns.has(totalPixelMatrixColumns)) return () => null;
  const known = tags.flatMap((tag) => columns.get(tag) ?? []);
  return (instance) => {
    const cells = known.map(({ keyword, cells }): [string, AttributeValue] => [
      keyword,
      cells.at(instance) ?? null,
    ]);
    return slideOrder(Object.fromEntries(cells));
  };
}
