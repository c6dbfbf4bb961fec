import type { Table, Vector } from "apache-arrow";
import type { AttributeValue } from "../dicom/attribute.ts";
import { InvalidIndexError, UsageError } from "../errors.ts";
import type { IndexMetadata } from "./index_metadata.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import { SERIES_COLUMNS } from "./series_columns.ts";

/** A row of the index as plain values by column name; null where the instance has none. */
export type IndexRow = Readonly<Record<string, AttributeValue>>;

/** Where a slice is found. */
export interface SlicePlace {
  /** The row of its instance. */
  readonly row: number;
  /** Its stored frame number, counted from 0; null when the instance has a single frame. */
  readonly frame: number | null;
}

/** What a {@linkcode SeriesTable} is made with beside table and metadata. */
export interface SeriesTableOptions {
  /** Whether the table has all columns of the index; true by default. */
  readonly complete?: boolean;
  /** The rows of the table to use, ascending; all by default. */
  readonly rows?: Uint32Array;
}

/**
 * The index of a series: one row an instance, in display order, and the slices that the instances
 * give, counted in the same order.
 *
 * Made by {@linkcode IndexBuilder} or {@linkcode readIndex}.
 */
export class SeriesTable {
  /** The whole index as an Arrow table, of a view by {@linkcode SeriesTable.stack}, too. */
  readonly table: Table;
  /** What the index says of itself. */
  readonly metadata: IndexMetadata;
  /** Whether the table has all columns of the index. */
  readonly complete: boolean;
  /** How many slices there are. */
  readonly sliceCount: number;

  readonly #rows: Uint32Array | null;
  /** Slices before each row, and at the end all of them. */
  readonly #slicesBefore: Uint32Array;
  readonly #columns = new Map<string, Vector | null>();
  readonly #frameLists = new Map<
    string,
    { readonly row: number; readonly list: readonly (number | null)[] | null }
  >();

  /** Wraps an Arrow table that has the columns of an index. */
  constructor(table: Table, metadata: IndexMetadata, options: SeriesTableOptions = {}) {
    this.table = table;
    this.metadata = metadata;
    this.complete = options.complete ?? true;
    this.#rows = options.rows ?? null;
    this.#slicesBefore = new Uint32Array(this.instanceCount + 1);
    for (let row = 0; row < this.instanceCount; row++) {
      this.#slicesBefore[row + 1] = this.#slicesBefore[row]! + this.#frameCount(row);
    }
    this.sliceCount = this.#slicesBefore[this.instanceCount]!;
  }

  /** How many instances have a row, those without an image included. */
  get instanceCount(): number {
    return this.#rows?.length ?? this.table.numRows;
  }

  /** How many stacks of unique positions the whole series has. */
  get stackCount(): number {
    let count = 0;
    for (const stack of this.#required(SERIES_COLUMNS.stack)) {
      if (stack !== null) count = Math.max(count, Number(stack) + 1);
    }
    return count;
  }

  /** The axis of most slices; of two that are as frequent, the one shown first. */
  get primaryAxis(): PrimaryAxis {
    const counts = new Map<PrimaryAxis, number>();
    for (let row = 0; row < this.instanceCount; row++) {
      const axis = this.#axis(row);
      counts.set(axis, (counts.get(axis) ?? 0) + this.#frameCount(row));
    }
    let primary: PrimaryAxis = "I";
    let most = 0;
    for (const [axis, count] of counts) {
      if (count > most) [primary, most] = [axis, count];
    }
    return primary;
  }

  /**
   * The lowest and the highest position of a slice: millimeters along the normal, or, when no
   * slice has geometry, Instance Numbers; null when there are none of those, either.
   */
  get positionRange(): readonly [number, number] | null {
    const spatial = this.#hasGeometry();
    let range: [number, number] | null = null;
    for (let n = 0; n < this.sliceCount; n++) {
      const position = this.slicePosition(n);
      if (position === null || (spatial && this.sliceAxis(n) === "I")) continue;
      if (range === null) range = [position, position];
      else range = [Math.min(range[0], position), Math.max(range[1], position)];
    }
    return range;
  }

  /**
   * Finds a slice by its number in display order.
   *
   * @throws {UsageError} When there is no slice of that number.
   */
  slice(n: number): SlicePlace {
    if (!Number.isInteger(n) || n < 0 || n >= this.sliceCount) {
      throw new UsageError(
        `there is no slice ${n}; the series has ${this.sliceCount}, counted from 0`,
      );
    }
    // The last row that starts at or before the slice: one without slices starts where its
    // follower does.
    let low = 0;
    let high = this.instanceCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#slicesBefore[middle]! <= n) low = middle;
      else high = middle - 1;
    }
    if (this.#frameCount(low) === 1) return { row: low, frame: null };
    const shown = n - this.#slicesBefore[low]!;
    const order = this.#frameList(low, SERIES_COLUMNS.frameOrder) as readonly number[] | null;
    return { row: low, frame: order === null ? shown : order[shown]! };
  }

  /**
   * The position of a slice in millimeters along its normal; its Instance Number, or null without
   * one, when it has no geometry.
   *
   * @throws {UsageError} When there is no slice of that number.
   */
  slicePosition(n: number): number | null {
    const { row, frame } = this.slice(n);
    const frames = this.#frameList(row, SERIES_COLUMNS.framePosition);
    if (frames !== null) return frames[frame ?? 0] ?? null;
    return this.value(row, SERIES_COLUMNS.primaryPosition) as number | null;
  }

  /**
   * The axis of a slice; `I` when it has no geometry.
   *
   * @throws {UsageError} When there is no slice of that number.
   */
  sliceAxis(n: number): PrimaryAxis {
    return this.#axis(this.slice(n).row);
  }

  /** A row as plain values: of the given columns, or of all; null for a column that is not there. */
  row(row: number, columns?: readonly string[]): IndexRow {
    const names = columns ?? this.table.schema.fields.map((field) => field.name);
    return Object.fromEntries(names.map((name) => [name, this.value(row, name)]));
  }

  /** One value of a row; null when it has none, or the column is not there. */
  value(row: number, column: string): AttributeValue {
    return plainValue(this.#column(column)?.get(this.#rows?.[row] ?? row));
  }

  /**
   * A view of one stack: only its rows and slices, counted from 0.
   *
   * @throws {UsageError} When there is no stack of that number.
   */
  stack(number: number): SeriesTable {
    const count = this.stackCount;
    if (!Number.isInteger(number) || number < 0 || number >= count) {
      throw new UsageError(
        `stack is ${number}; the series has ${count === 1 ? "only stack 0" : `0 to ${count - 1}`}`,
      );
    }
    const rows: number[] = [];
    const stacks = this.#required(SERIES_COLUMNS.stack);
    for (let row = 0; row < stacks.length; row++) if (stacks.get(row) === number) rows.push(row);
    const { table, metadata, complete } = this;
    return new SeriesTable(table, metadata, { complete, rows: Uint32Array.from(rows) });
  }

  #column(name: string): Vector | null {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.table.getChild(name);
      this.#columns.set(name, column);
    }
    return column;
  }

  #required(name: string): Vector {
    const column = this.#column(name);
    if (column === null) throw new InvalidIndexError(`the index has no column ${name}`);
    return column;
  }

  #frameCount(row: number): number {
    return this.#required(SERIES_COLUMNS.frameCount).get(this.#rows?.[row] ?? row);
  }

  /** A list of an instance's frames; kept, for slices are asked for one after the other. */
  #frameList(row: number, name: string): readonly (number | null)[] | null {
    let known = this.#frameLists.get(name);
    if (known?.row !== row) {
      known = { row, list: this.value(row, name) as readonly (number | null)[] | null };
      this.#frameLists.set(name, known);
    }
    return known.list;
  }

  #axis(row: number): PrimaryAxis {
    return (this.value(row, SERIES_COLUMNS.frameAxis) ??
      this.value(row, SERIES_COLUMNS.primaryAxis)) as PrimaryAxis;
  }

  #hasGeometry(): boolean {
    for (let row = 0; row < this.instanceCount; row++) {
      if (this.#frameCount(row) > 0 && this.#axis(row) !== "I") return true;
    }
    return false;
  }
}

/** A cell as a plain value: integers as numbers where they are safe, lists as arrays. */
function plainValue(cell: unknown): AttributeValue {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === "bigint") {
    const number = Number(cell);
    return Number.isSafeInteger(number) ? number : cell;
  }
  if (typeof cell === "object") {
    return [...cell as Iterable<unknown>].map((item) => plainValue(item) as string | number);
  }
  return cell as string | number;
}
