import type { Attribute, AttributeScalar } from "../dicom/attribute.ts";
import { CellList } from "./cell_list.ts";
import {
  type ColumnType,
  columnTypeOfVR,
  fitColumnType,
  isTextVR,
  widenColumnType,
} from "./column_type.ts";
import { parseNumberText } from "./parse_number_text.ts";

/**
 * All that a series holds of one attribute, a cell an instance.
 *
 * An instance that writes as text what others write as numbers must not turn the numbers of all into
 * text: its text is read as a number, and is null where it is none, with the text as it is written
 * beside. Private elements are spared that, for under one number they can be different things, and so
 * is lookup table data. What the dictionary has as text is text, whatever an instance makes of it.
 */
export class AttributeColumn {
  /** Group and element number as one unsigned 32-bit number. */
  readonly tag: number;
  /** Keyword of PS3.6, or `GGGGEEEE`. */
  readonly keyword: string;
  /** The value representations that instances give it. */
  readonly vrs: Set<string> = new Set();
  /** Whether any instance has several values. */
  list = false;
  /** The values, by instance; absent elements are null. */
  readonly cells: CellList = new CellList();
  /** Sizes of binary values in bytes, by instance. */
  readonly sizes: CellList = new CellList();
  /** Hashes of binary values, by instance. */
  readonly hashes: CellList = new CellList();
  /** What is written where a number is due and none is, by instance; values are parted by backslashes. */
  readonly texts: CellList = new CellList();
  /** Base64 of values that are not what they should be, by instance. */
  readonly unread: CellList = new CellList();

  /** What was added last; nearly always all are the same. */
  #last: { readonly vr: string; readonly dictionaryVR: string | undefined } | null = null;
  /** The type that holds all numbers; null while no instance told one. */
  #numberType: ColumnType | null = null;
  /** Whether there are numbers, whether there are texts, and whether any instance told text. */
  #has = { number: false, text: false, textVR: false };
  /** Whether all is text, numbers too. */
  #allText = false;
  /** Whether all integers so far are doubles, too. */
  #allDoubles = true;
  /** Values whose text was read as numbers or is none, by instance, as they were written. */
  readonly #written = new Map<number, Values>();

  constructor(tag: number, keyword: string) {
    this.tag = tag;
    this.keyword = keyword;
  }

  /** The type of its values; null while no instance has told. */
  get type(): ColumnType | null {
    // What is text by the dictionary may be bytes in every instance.
    if (this.#numberType === null) return this.#has.textVR ? "utf8" : null;
    return this.#allText || (this.#has.text && !this.#has.number) ? "utf8" : this.#numberType;
  }

  /** Takes the attribute of an instance; answers whether it has a value. */
  add(instance: number, attribute: Attribute): boolean {
    const { vr, dictionaryVR, values, binary, unread } = attribute;
    if (vr !== this.#last?.vr || dictionaryVR !== this.#last.dictionaryVR) {
      this.#last = { vr, dictionaryVR };
      this.vrs.add(vr);
      if (dictionaryVR !== undefined && isTextVR(dictionaryVR)) this.keepText();
    }
    if (unread !== undefined) this.unread.set(instance, unread);
    if (binary !== undefined) {
      this.sizes.set(instance, binary.size);
      this.hashes.set(instance, binary.hash);
      if (values.length === 0) return true;
      // Binary values are told by size and hash; only lookup table data is kept, as text.
      this.keepText();
      return this.set(instance, values, "utf8");
    }
    return this.set(instance, values, columnTypeOfVR(vr)) || unread !== undefined;
  }

  /** Widens the column so that it holds a type's values, too. */
  widen(type: ColumnType): void {
    if (type === "utf8") this.#has.textVR = true;
    else this.#widenNumbers(type);
  }

  /** Makes the column one of text for good, whatever numbers it has or gets. */
  keepText(): void {
    if (this.#allText) return;
    this.#allText = true;
    for (const [instance, values] of this.#written) {
      this.#setCell(instance, values);
      this.texts.delete(instance);
    }
    this.#written.clear();
  }

  /** Takes values of a type for an instance; answers whether there are any. */
  set(
    instance: number,
    values: Values,
    type: ColumnType,
  ): boolean {
    this.widen(type);
    if (type === "utf8") this.#has.text ||= values.some((value) => value !== null);
    else if (!this.#has.number && values.some((value) => isNumber(value))) this.#startNumbers();
    if (this.#has.text && this.#has.number && this.#isPrivate) this.keepText();
    if (values.length > 1) this.list = true;
    else if ((values[0] ?? null) === null) return false;
    const wasText = this.#allText;
    const [first] = values;
    if (values.length === 1 && Object.is(this.#hold(first!, type), first)) {
      this.cells.set(instance, first!);
      return true;
    }
    const held = values.map((value) => this.#hold(value, type));
    // One of them may be what no type of number holds beside the others.
    this.#put(instance, values, this.#allText && !wasText ? values : held);
    return true;
  }

  /** Puts the values that the column can hold in their cell, and keeps what was written where it cannot. */
  #put(instance: number, written: Values, held: Values): void {
    this.#setCell(instance, held);
    if (held.every((value, i) => Object.is(value, written[i]))) return;
    this.#written.set(instance, written);
    if (held.every((value, i) => value !== null || written[i] === null)) return;
    this.texts.set(instance, written.map((value) => value ?? "").join("\\"));
  }

  #setCell(instance: number, values: Values): void {
    this.cells.set(instance, values.length > 1 ? values : values[0] ?? null);
  }

  get #isPrivate(): boolean {
    return (this.tag >>> 16) % 2 === 1;
  }

  #hold(value: AttributeScalar | null, type: ColumnType): AttributeScalar | null {
    if (value === null) return null;
    if (typeof value === "string") {
      // A DS or IS that writes no number is no value of a column of numbers.
      if (type !== "utf8" && !this.#allText) return null;
      return this.type === "utf8" ? value : this.#readNumber(value);
    }
    this.#widenFor(value);
    return value;
  }

  /** Reads the texts taken so far as numbers, now that the first number has come. */
  #startNumbers(): void {
    this.#has.number = true;
    if (!this.#has.text || this.#allText || this.#isPrivate) return;
    for (let instance = 0; instance < this.cells.length; instance++) {
      const cell = this.cells.at(instance);
      if (cell === undefined) continue;
      const values: Values = Array.isArray(cell) ? cell : [cell as AttributeScalar | null];
      const read = values.map((value) =>
        typeof value === "string" ? this.#readNumber(value) : value
      );
      this.#put(instance, values, read);
    }
  }

  /** The number that a text writes, if it can stand beside the column's numbers. */
  #readNumber(text: string): number | bigint | null {
    const number = parseNumberText(text, this.#numberType!);
    if (number === null) return null;
    if (fitColumnType(this.#numberType!, number) === "utf8") return null;
    this.#widenFor(number);
    return number;
  }

  #widenFor(value: number | bigint): void {
    this.#allDoubles &&= typeof value === "number" || BigInt(Number(value)) === value;
    this.#widenNumbers(fitColumnType(this.#numberType!, value));
  }

  #widenNumbers(type: ColumnType): void {
    const wider = widenColumnType(this.#numberType ?? type, type);
    this.#numberType = wider === "utf8" && this.#allDoubles ? "float64" : wider;
    // No number type holds all of them exactly.
    if (this.#numberType === "utf8") this.keepText();
  }
}

type Values = readonly (AttributeScalar | null)[];

function isNumber(value: AttributeScalar | null): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
