import type { AttributeColumn } from "./attribute_column.ts";
import type { ColumnSource } from "./encode_column.ts";

/** Keys of the key-value pairs that are kept with a header's column. */
export const COLUMN_KEYS = { tag: "tag", vr: "vr" } as const;

/** Suffixes of the columns that tell of binary values. */
export const BINARY_SUFFIXES = { size: "_Size", hash: "_Hash" } as const;

/**
 * The columns of a header's attributes, by tag, for instances in display order.
 *
 * @param order The instances by row.
 */
export function listAttributeColumns(
  columns: Iterable<AttributeColumn>,
  order: readonly number[],
): ColumnSource[] {
  const sources: ColumnSource[] = [];
  const names = new Set<string>();
  for (const column of [...columns].sort((a, b) => a.tag - b.tag)) {
    const tag = column.tag.toString(16).toUpperCase().padStart(8, "0");
    const name = names.has(column.keyword) ? tag : column.keyword;
    names.add(name);
    const metadata = new Map([
      [COLUMN_KEYS.tag, tag],
      [COLUMN_KEYS.vr, [...column.vrs].sort().join(" or ")],
    ]);
    if (column.type !== null) {
      const cells = order.map((instance) => column.cells[instance]);
      sources.push({ name, type: column.type, list: column.list, cells, metadata });
    }
    if (column.sizes.length > 0) {
      sources.push({
        name: name + BINARY_SUFFIXES.size,
        type: "int64",
        cells: order.map((instance) => column.sizes[instance]),
        metadata,
      }, {
        name: name + BINARY_SUFFIXES.hash,
        type: "utf8",
        cells: order.map((instance) => column.hashes[instance]),
        metadata,
      });
    }
  }
  return sources;
}
