import type { Attribute, AttributeScalar } from "../dicom/attribute.ts";
import { type ColumnType, columnTypeOfVR, fitColumnType, widenColumnType } from "./column_type.ts";

/** A cell: null where the instance has no value, an array where it has several. */
export type Cell = AttributeScalar | null | readonly (AttributeScalar | null)[];

/** All that a series holds of one attribute, a cell an instance. */
export class AttributeColumn {
  /** Group and element number as one unsigned 32-bit number. */
  readonly tag: number;
  /** Keyword of PS3.6, or `GGGGEEEE`. */
  readonly keyword: string;
  /** The value representations that instances give it. */
  readonly vrs: Set<string> = new Set();
  /** The type of its values; null while no instance has told. */
  type: ColumnType | null = null;
  /** Whether any instance has several values. */
  list = false;
  /** The values, by instance; absent elements are null. */
  readonly cells: (Cell | undefined)[] = [];
  /** Sizes of binary values in bytes, by instance. */
  readonly sizes: (number | undefined)[] = [];
  /** Hashes of binary values, by instance. */
  readonly hashes: (string | undefined)[] = [];

  #lastText = "";

  constructor(tag: number, keyword: string) {
    this.tag = tag;
    this.keyword = keyword;
  }

  /** Takes the attribute of an instance; answers whether it has a value. */
  add(instance: number, attribute: Attribute): boolean {
    const { vr, values, binary } = attribute;
    this.vrs.add(vr);
    if (binary !== undefined) {
      this.sizes[instance] = binary.size;
      this.hashes[instance] = this.#intern(binary.hash);
      // Binary values are told by size and hash; only lookup table data is kept, as text.
      return values.length === 0 || this.set(instance, values, "utf8");
    }
    return this.set(instance, values, columnTypeOfVR(vr));
  }

  /** Widens the column so that it holds a type's values, too. */
  widen(type: ColumnType): void {
    this.type = this.type === null ? type : widenColumnType(this.type, type);
  }

  /** Takes values of a type for an instance; answers whether there are any. */
  set(
    instance: number,
    values: readonly (AttributeScalar | null)[],
    type: ColumnType,
  ): boolean {
    this.widen(type);
    if (values.length > 1) {
      this.list = true;
      this.cells[instance] = values.map((value) => this.#hold(value, type));
      return true;
    }
    const value = values[0] ?? null;
    if (value === null) return false;
    this.cells[instance] = this.#hold(value, type);
    return true;
  }

  #hold(value: AttributeScalar | null, type: ColumnType): AttributeScalar | null {
    if (value === null) return null;
    if (typeof value === "string") {
      // A DS or IS that writes no number must not turn the numbers of all others into text.
      return type === "utf8" ? this.#intern(value) : null;
    }
    this.type = fitColumnType(this.type!, value);
    return value;
  }

  /** One copy of a text that instance after instance repeats. */
  #intern(text: string): string {
    if (text !== this.#lastText) this.#lastText = text;
    return this.#lastText;
  }
}
