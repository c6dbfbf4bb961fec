import type { AttributeScalar } from "../dicom/attribute.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { Cell, Cells } from "./cells.ts";
import { type UintArray, withRoom } from "./with_room.ts";

type Scalar = AttributeScalar | null;

/** What a value is written as; its bytes follow. */
const Kind = { null: 0, number: 1, text: 2, bigint: 3, list: 4 } as const;

/** As many different values of a column are looked for among those that are there. */
const MOST_KNOWN = 64;

/** A longer text is not held beside its bytes, whether or not it comes again. */
const LONGEST_HELD = 2 ** 20;

/** What every list has at first: each column has several, and most of them stay empty. */
const NO_CODES = new Uint8Array(0);
const NO_STARTS = new Uint32Array(0);

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The cells of a column by instance, in few bytes: a number for each instance, of one byte while the
 * column has few values, and the values themselves, written in a row. A value is found again when it
 * is the last one taken, or the column has few; where all differ they are not looked for.
 */
export class CellList implements Cells {
  /** By instance, which of the values it has, counted from 1; 0 for none. */
  #codes: UintArray = NO_CODES;
  #length = 0;
  #count = 0;
  /** Where each value starts. */
  #starts = NO_STARTS;
  #valueCount = 0;
  readonly #written = new ByteWriter();
  /** The codes of single values; null once there are too many. */
  #known: Map<Scalar, number> | null = null;
  #lastCode = 0;
  #lastCell: Cell | undefined;
  #lastReadCode = 0;
  #lastRead: Cell | undefined;

  /** The highest instance that a cell was ever set for, and one. */
  get length(): number {
    return this.#length;
  }

  /** How many instances have a cell. */
  get count(): number {
    return this.#count;
  }

  /** Bytes that the cells take. */
  get byteLength(): number {
    return this.#codes.byteLength + this.#starts.byteLength + this.#written.length;
  }

  /** The cell of an instance; undefined when it has none. */
  at(instance: number): Cell | undefined {
    const code = instance < this.#length ? this.#codes[instance]! : 0;
    if (code === 0) return undefined;
    if (code === this.#lastReadCode) return this.#lastRead;
    const cell = new ValueReader(this.#written, this.#starts[code - 1]!).cell();
    if (!isLong(cell)) [this.#lastReadCode, this.#lastRead] = [code, cell];
    return cell;
  }

  /** Sets the cell of an instance. */
  set(instance: number, cell: Cell): void {
    const code = this.#codeOf(cell);
    this.#codes = withRoom(this.#codes, instance + 1);
    if (code > 0xffff) this.#codes = widened(this.#codes, Uint32Array);
    else if (code > 0xff) this.#codes = widened(this.#codes, Uint16Array);
    this.#length = Math.max(this.#length, instance + 1);
    if (this.#codes[instance] === 0) this.#count++;
    this.#codes[instance] = code;
  }

  /** Takes the cell of an instance away. */
  delete(instance: number): void {
    if (instance >= this.#length || this.#codes[instance] === 0) return;
    this.#codes[instance] = 0;
    this.#count--;
  }

  #codeOf(cell: Cell): number {
    if (this.#lastCell !== undefined && sameCell(this.#lastCell, cell)) return this.#lastCode;
    this.#lastCode = this.#find(cell) ?? this.#append(cell);
    this.#lastCell = isLong(cell) ? undefined : cell;
    return this.#lastCode;
  }

  #find(cell: Cell): number | undefined {
    // A map takes -0 for 0.
    return isList(cell) || Object.is(cell, -0) ? undefined : this.#known?.get(cell as Scalar);
  }

  #append(cell: Cell): number {
    this.#starts = withRoom(this.#starts, this.#valueCount + 1);
    this.#starts[this.#valueCount++] = this.#written.length;
    if (isList(cell)) {
      this.#written.byte(Kind.list);
      this.#written.uint32(cell.length);
      for (const value of cell) this.#write(value);
    } else {
      this.#write(cell as Scalar);
      this.#remember(cell as Scalar);
    }
    return this.#valueCount;
  }

  #remember(value: Scalar): void {
    if (this.#valueCount === 1) this.#known = new Map();
    else if (this.#valueCount > MOST_KNOWN) this.#known = null;
    if (!Object.is(value, -0) && !isLong(value)) this.#known?.set(value, this.#valueCount);
  }

  #write(value: Scalar): void {
    const written = this.#written;
    if (value === null) {
      written.byte(Kind.null);
    } else if (typeof value === "number") {
      written.byte(Kind.number);
      written.double(value);
    } else {
      written.byte(typeof value === "string" ? Kind.text : Kind.bigint);
      written.lengthAndText(String(value));
    }
  }
}

/** Reads values as a {@linkcode CellList} has written them. */
class ValueReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor({ bytes, view }: ByteWriter, start: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#at = start;
  }

  cell(): Cell {
    if (this.#bytes[this.#at] !== Kind.list) return this.#value();
    this.#at++;
    return Array.from({ length: this.#uint32() }, () => this.#value());
  }

  #value(): Scalar {
    switch (this.#bytes[this.#at++]) {
      case Kind.null:
        return null;
      case Kind.number:
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8, true);
      case Kind.text:
        return this.#text();
      default:
        return BigInt(this.#text());
    }
  }

  #uint32(): number {
    this.#at += 4;
    return this.#view.getUint32(this.#at - 4, true);
  }

  #text(): string {
    const length = this.#uint32();
    this.#at += length;
    return decoder.decode(this.#bytes.subarray(this.#at - length, this.#at));
  }
}

function widened(
  codes: UintArray,
  Wide: typeof Uint16Array | typeof Uint32Array,
): UintArray {
  return codes.BYTES_PER_ELEMENT < Wide.BYTES_PER_ELEMENT ? new Wide(codes) : codes;
}

function isList(cell: Cell): cell is readonly Scalar[] {
  return Array.isArray(cell);
}

function isLong(cell: Cell): boolean {
  return typeof cell === "string" && cell.length > LONGEST_HELD;
}

function sameCell(a: Cell, b: Cell): boolean {
  if (!isList(a) || !isList(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
