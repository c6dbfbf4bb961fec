import type { AttributeColumn } from "./attribute_column.ts";

/** The columns of a series by tag. */
export type AttributeColumns = ReadonlyMap<number, AttributeColumn>;
