import type { Table } from "apache-arrow";
import type { AttributeValue } from "../dicom/attribute.ts";
import { InvalidIndexError, UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import { ArrowColumns } from "./arrow_columns.ts";
import { countSlices } from "./count_slices.ts";
import type { IndexColumn, IndexColumns, IndexField } from "./index_columns.ts";
import type { IndexMetadata } from "./index_metadata.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import { readRowFrames, type RowFrames } from "./row_frames.ts";
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

/** What a {@linkcode SeriesTable} is made with beside columns and metadata. */
export interface SeriesTableOptions {
  /** Whether these are all columns of the index; true by default. */
  readonly complete?: boolean;
  /** The stack whose rows and slices to show; all by default. */
  readonly stack?: number;
}

/**
 * The index of a series: one row an instance, in display order, and the slices that the instances
 * give, counted in the same order.
 *
 * Made by {@linkcode IndexBuilder} or {@linkcode readIndex}.
 *
 * @example
 * ```ts
 * import { SeriesIndex } from "@dicom/series-preview";
 * import { MemoryIndexCache, readIndex } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const index = await SeriesIndex.open("demo:ct", { cache: false });
 * const table = await readIndex(await index.toParquet());
 * assertEquals([table.instanceCount, table.sliceCount, table.stackCount], [120, 120, 1]);
 *
 * // The first slice, which is the highest.
 * const { row, frame } = table.slice(0);
 * assertEquals([row, frame], [0, null]);
 * assertEquals([table.sliceAxis(0), table.slicePosition(0)], ["Z", 88.5]);
 * assertEquals(table.value(row, "Modality"), "CT");
 * assertEquals(table.row(row, ["InstanceNumber", "Rows"]), { InstanceNumber: 120, Rows: 512 });
 * assertEquals(table.stack(0).sliceCount, 120);
 * assertEquals((await table.loadTable()).numRows, 120);
 * ```
 */
export class SeriesTable {
  /** What the index says of itself. */
  readonly metadata: IndexMetadata;
  /** Whether it has all columns of the index. */
  readonly complete: boolean;
  /** The columns of the whole index, of a view by {@linkcode SeriesTable.stack}, too. */
  readonly columns: IndexColumns;
  /** How many slices there are. */
  readonly sliceCount: number;

  readonly #stack: number | null;
  /** The rows shown; null for all. */
  readonly #rows: Uint32Array | null;
  /** The first slice of each row. */
  readonly #firstSlices: Uint32Array;
  /** The row of each slice. */
  readonly #rowOfSlice: Uint32Array;
  readonly #columns = new Map<string, IndexColumn | null>();
  /** The frames asked for last, for slices are asked for one after the other. */
  #frames: { readonly row: number; readonly of: RowFrames } | null = null;
  #stackCount: number | null = null;
  #primaryAxis: PrimaryAxis | null = null;
  #locations: Float64Array | null = null;
  #positionRange: readonly [number, number] | null | undefined;

  /**
   * Wraps the columns of an index, or an Arrow table that has them.
   *
   * @throws {InvalidIndexError} When one is missing that slices are counted by.
   */
  constructor(
    columns: Table | IndexColumns,
    metadata: IndexMetadata,
    options: SeriesTableOptions = {},
  ) {
    this.columns = "toTable" in columns ? columns : new ArrowColumns(columns);
    this.metadata = metadata;
    this.complete = options.complete ?? true;
    this.#stack = options.stack ?? null;
    const counts = countSlices(this.columns.rowCount, {
      frameCount: (row) => this.#frameCount(row),
      stack: this.#stack,
      stacks: this.#column(SERIES_COLUMNS.stack),
      frameStacks: this.#column(SERIES_COLUMNS.frameStack),
    });
    this.#rows = this.#stack === null
      ? null
      : Uint32Array.from(counts.keys()).filter((row) => counts[row]! > 0);
    this.sliceCount = counts.reduce((sum, count) => sum + count, 0);
    this.#firstSlices = new Uint32Array(this.instanceCount);
    this.#rowOfSlice = new Uint32Array(this.sliceCount);
    let slice = 0;
    for (let row = 0; row < this.instanceCount; row++) {
      const next = slice + counts[this.#rows?.[row] ?? row]!;
      this.#firstSlices[row] = slice;
      this.#rowOfSlice.fill(row, slice, next);
      slice = next;
    }
  }

  /**
   * The whole index as an Arrow table, of a view by {@linkcode SeriesTable.stack}, too: all columns of
   * it, or those that were asked for.
   *
   * @throws {UsageError} When it has not been made: of an index that was read with some of its columns
   * or built `plain`, {@linkcode SeriesTable.loadTable} makes it.
   */
  get table(): Table {
    if (this.columns.table !== null) return this.columns.table;
    throw new UsageError(
      "the index's Arrow table has not been made; call `await loadTable()` first",
    );
  }

  /** Makes the Arrow table, unless there is one, and answers it; `table` has it from then on. */
  async loadTable(options: AbortOptions = {}): Promise<Table> {
    options.signal?.throwIfAborted();
    return await abortable(this.columns.toTable(options), options.signal);
  }

  /** The columns in the order they stand in the file. */
  get fields(): readonly IndexField[] {
    return this.columns.fields;
  }

  /** How many instances have a row, those without an image included. */
  get instanceCount(): number {
    return this.#rows?.length ?? this.columns.rowCount;
  }

  /** How many stacks of unique positions the whole series has. */
  get stackCount(): number {
    if (this.#stackCount !== null) return this.#stackCount;
    let count = 0;
    const stacks = this.#required(SERIES_COLUMNS.stack);
    const frameStacks = this.#column(SERIES_COLUMNS.frameStack);
    for (let row = 0; row < this.columns.rowCount; row++) {
      const ofFrames = frameStacks?.get(row) as readonly number[] | null | undefined;
      for (const stack of ofFrames ?? [stacks.get(row) as number | null ?? -1]) {
        count = Math.max(count, stack + 1);
      }
    }
    return this.#stackCount = count;
  }

  /** The axis of most slices; of two that are as frequent, the one shown first. */
  get primaryAxis(): PrimaryAxis {
    if (this.#primaryAxis !== null) return this.#primaryAxis;
    const counts = new Map<PrimaryAxis, number>();
    for (let n = 0; n < this.sliceCount; n++) {
      const axis = this.sliceAxis(n);
      counts.set(axis, (counts.get(axis) ?? 0) + 1);
    }
    let primary: PrimaryAxis = "I";
    let most = 0;
    for (const [axis, count] of counts) {
      if (count > most) [primary, most] = [axis, count];
    }
    return this.#primaryAxis = primary;
  }

  /**
   * The lowest and the highest position of a slice: millimeters along the normal, or, when no
   * slice has geometry, Instance Numbers; null when there are none of those, either.
   */
  get positionRange(): readonly [number, number] | null {
    if (this.#positionRange !== undefined) return this.#positionRange;
    const spatial = this.locations.some((location) => !Number.isNaN(location));
    let range: [number, number] | null = null;
    for (let n = 0; n < this.sliceCount; n++) {
      const position = spatial ? this.locations[n]! : this.slicePosition(n);
      if (position === null || Number.isNaN(position)) continue;
      if (range === null) range = [position, position];
      else range = [Math.min(range[0], position), Math.max(range[1], position)];
    }
    return this.#positionRange = range;
  }

  /** Where each slice lies, in millimeters along its normal; NaN where it has no geometry. */
  get locations(): Float64Array {
    return this.#locations ??= Float64Array.from(
      { length: this.sliceCount },
      (_, n) => this.sliceAxis(n) === "I" ? NaN : this.slicePosition(n) ?? NaN,
    );
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
    const row = this.#rowOfSlice[n]!;
    if (this.#frameCount(this.#rows?.[row] ?? row) === 1) return { row, frame: null };
    return { row, frame: this.#framesOf(row).storedNumber(n - this.#firstSlices[row]!) };
  }

  /**
   * The position of a slice in millimeters along its normal; its Instance Number, or null without
   * one, when it has no geometry.
   *
   * @throws {UsageError} When there is no slice of that number.
   */
  slicePosition(n: number): number | null {
    const { row, frame } = this.slice(n);
    const { positions } = this.#framesOf(row);
    if (positions !== null) return positions.at(frame ?? 0) as number | null;
    return this.value(row, SERIES_COLUMNS.primaryPosition) as number | null;
  }

  /**
   * The axis of a slice; `I` when it has no geometry.
   *
   * @throws {UsageError} When there is no slice of that number.
   */
  sliceAxis(n: number): PrimaryAxis {
    const { row, frame } = this.slice(n);
    const { axes } = this.#framesOf(row);
    if (axes !== null) return axes.at(frame ?? 0) as PrimaryAxis;
    return this.value(row, SERIES_COLUMNS.primaryAxis) as PrimaryAxis;
  }

  /** A row as plain values: of the given columns, or of all; null for a column that is not there. */
  row(row: number, columns?: readonly string[]): IndexRow {
    const names = columns ?? this.fields.map((field) => field.name);
    return Object.fromEntries(names.map((name) => [name, this.value(row, name)]));
  }

  /** One value of a row; null when it has none, or the column is not there. */
  value(row: number, column: string): AttributeValue {
    return this.#column(column)?.get(this.#rows?.[row] ?? row) ?? null;
  }

  /**
   * A view of one stack: only its slices and the rows that have any, counted from 0.
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
    const { metadata, complete } = this;
    return new SeriesTable(this.columns, metadata, { complete, stack: number });
  }

  #column(name: string): IndexColumn | null {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = this.columns.column(name);
      this.#columns.set(name, column);
    }
    return column;
  }

  #required(name: string): IndexColumn {
    const column = this.#column(name);
    if (column === null) throw new InvalidIndexError(`the index has no column ${name}`);
    return column;
  }

  /** The frames of a row of the whole table. */
  #frameCount(tableRow: number): number {
    return this.#required(SERIES_COLUMNS.frameCount).get(tableRow) as number;
  }

  #framesOf(row: number): RowFrames {
    if (this.#frames?.row !== row) {
      const list = (name: string) => this.#column(name)?.list(this.#rows?.[row] ?? row) ?? null;
      this.#frames = { row, of: readRowFrames(list, this.#stack) };
    }
    return this.#frames.of;
  }
}
