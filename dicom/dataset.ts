import type { AttributeScalar } from "./attribute.ts";

/** A plain value of a header: one, several, or the items of a sequence; null when empty. */
export type DatasetValue =
  | AttributeScalar
  | null
  | readonly (AttributeScalar | null)[]
  | readonly Dataset[];

/**
 * A header as plain values by keyword, `GGGGEEEE` for private elements.
 *
 * Numbers are numbers, DS and IS too; a sequence is an array of its items, which are the same in
 * small. Of a binary value there are its bytes as `{Keyword}_Size` and their lower-case hex SHA-256
 * as `{Keyword}_Hash`; lookup table data is there whole, as base64 of little endian bytes. What is not
 * what it should be, as text outside its character set, is whole in `{Keyword}_Bytes`, too, base64 of
 * the bytes as stored.
 */
export interface Dataset {
  /** The value of an attribute; undefined for one that the header does not have. */
  readonly [keyword: string]: DatasetValue | undefined;
}
