import type { DicomElement, DicomElements } from "./dicom_header.ts";
import type { ElementTable } from "./element_table.ts";
import { Vr, vrName } from "./vr_code.ts";

/** Searches among all rows for which an index of them does not pay. */
const few = 4;

/**
 * The elements of a dataset or item, by tag: a view of rows of a table. Of a tag that is there several
 * times it has the last one, in the place of the first, as a map has that is filled in stored order.
 */
export class ElementMap implements ReadonlyMap<number, DicomElement> {
  readonly #table: ElementTable;
  readonly #start: number;
  readonly #end: number;
  /** Rows by tag; null until they are needed. */
  #rowsByTag: Map<number, number> | null = null;
  #searches = 0;
  /** Whether each tag is higher than the one before; null until that is needed. */
  #ascending: boolean | null = null;

  /** Makes a view of the rows beside one another from one up to another. */
  constructor(table: ElementTable, start: number, end: number) {
    this.#table = table;
    this.#start = start;
    this.#end = end;
  }

  get size(): number {
    return this.#index().size;
  }

  has(tag: number): boolean {
    return this.#rowOf(tag) !== undefined;
  }

  get(tag: number): DicomElement | undefined {
    const row = this.#rowOf(tag);
    return row === undefined ? undefined : this.#element(row);
  }

  forEach(
    call: (element: DicomElement, tag: number, map: ReadonlyMap<number, DicomElement>) => void,
    thisArg?: unknown,
  ): void {
    const each = (row: number) =>
      call.call(thisArg, this.#element(row), this.#table.tag(row), this);
    if (!this.#isAscending()) return this.#index().forEach(each);
    for (let row = this.#start; row < this.#end; row = this.#table.next(row)) each(row);
  }

  *values(): Generator<DicomElement, undefined, unknown> {
    if (!this.#isAscending()) {
      for (const row of this.#index().values()) yield this.#element(row);
      return;
    }
    for (let row = this.#start; row < this.#end; row = this.#table.next(row)) {
      yield this.#element(row);
    }
  }

  *keys(): Generator<number, undefined, unknown> {
    for (const { tag } of this.values()) yield tag;
  }

  *entries(): Generator<[number, DicomElement], undefined, unknown> {
    for (const element of this.values()) yield [element.tag, element];
  }

  [Symbol.iterator](): Generator<[number, DicomElement], undefined, unknown> {
    return this.entries();
  }

  #element(row: number): DicomElement {
    const table = this.#table;
    const vr = table.vr(row);
    if (vr === Vr.SQ) return new SequenceElement(table, row);
    return {
      tag: table.tag(row),
      vr: vrName(vr),
      offset: table.offset(row),
      length: table.valueLength(row),
    };
  }

  #isAscending(): boolean {
    if (this.#ascending !== null) return this.#ascending;
    let last = -1;
    for (let row = this.#start; row < this.#end; row = this.#table.next(row)) {
      const tag = this.#table.tag(row);
      if (tag <= last) return this.#ascending = false;
      last = tag;
    }
    return this.#ascending = true;
  }

  #rowOf(tag: number): number | undefined {
    if (this.#rowsByTag !== null || this.#searches === few || !this.#isAscending()) {
      return this.#index().get(tag);
    }
    this.#searches++;
    for (let row = this.#start; row < this.#end; row = this.#table.next(row)) {
      const each = this.#table.tag(row);
      if (each >= tag) return each === tag ? row : undefined;
    }
    return undefined;
  }

  #index(): Map<number, number> {
    if (this.#rowsByTag !== null) return this.#rowsByTag;
    const rows = new Map<number, number>();
    for (let row = this.#start; row < this.#end; row = this.#table.next(row)) {
      rows.set(this.#table.tag(row), row);
    }
    return this.#rowsByTag = rows;
  }
}

/** A sequence, whose items are views that are made when they are asked for. */
class SequenceElement implements DicomElement {
  readonly tag: number;
  readonly vr = "SQ";
  readonly offset: number;
  readonly length: number;
  readonly #table: ElementTable;
  readonly #row: number;

  constructor(table: ElementTable, row: number) {
    this.tag = table.tag(row);
    this.offset = table.offset(row);
    this.length = table.valueLength(row);
    this.#table = table;
    this.#row = row;
  }

  get items(): readonly DicomElements[] {
    const items: DicomElements[] = [];
    this.forEachItem((item) => items.push(item));
    return items;
  }

  forEachItem(call: (item: DicomElements) => void): void {
    const table = this.#table;
    const end = table.next(this.#row);
    for (let item = this.#row + 1; item < end; item = table.next(item)) {
      const next = table.next(item);
      call(next === item + 1 ? noElements : new ElementMap(table, item + 1, next));
    }
  }
}

/** What all items without elements have. */
const noElements: DicomElements = new Map();

/** Whether an element has items, or is a sequence without any. */
export function isSequence(element: DicomElement): boolean {
  return element instanceof SequenceElement || element.items !== undefined;
}

/** Calls a function for each item of a sequence; a million of them would take much room all at once. */
export function forEachItem(element: DicomElement, call: (item: DicomElements) => void): void {
  if (element instanceof SequenceElement) element.forEachItem(call);
  else element.items?.forEach(call);
}
