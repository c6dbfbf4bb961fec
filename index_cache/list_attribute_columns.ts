import type { AttributeColumn } from "./attribute_column.ts";
import type { Cells } from "./cells.ts";
import type { ColumnSource } from "./encode_column.ts";

/** Keys of the key-value pairs that are kept with a header's column. */
export const COLUMN_KEYS = { tag: "tag", vr: "vr" } as const;

/** Suffixes of the columns that tell of what an attribute's own column does not hold. */
export const COMPANION_SUFFIXES = {
  /** Bytes of a binary value. */
  size: "_Size",
  /** SHA-256 of a binary value, hex. */
  hash: "_Hash",
  /** What is written where a number is due and none is. */
  text: "_Text",
  /** Base64 of a value that is not what it should be. */
  bytes: "_Bytes",
} as const;

/**
 * The columns of a header's attributes, by tag, for instances in display order. One that tells of what
 * the attribute's own does not hold is there only when it has something to tell.
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
      const cells = inOrder(column.cells, order);
      sources.push({ name, type: column.type, list: column.list, cells, metadata });
    }
    const companions = [
      ["size", "int64", column.sizes],
      ["hash", "utf8", column.hashes],
      ["text", "utf8", column.texts],
      ["bytes", "utf8", column.unread],
    ] as const;
    for (const [part, type, values] of companions) {
      if (values.count === 0) continue;
      const cells = inOrder(values, order);
      sources.push({ name: name + COMPANION_SUFFIXES[part], type, cells, metadata });
    }
  }
  return sources;
}

/** The cells of instances in another order; nothing is copied. */
function inOrder(cells: Cells, order: readonly number[]): Cells {
  return { length: order.length, at: (row) => cells.at(order[row]!) };
}
