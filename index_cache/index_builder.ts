import config from "../deno.json" with { type: "json" };
import { type FailedRead, UsageError } from "../errors.ts";
import { AttributeColumn } from "./attribute_column.ts";
import { countUntyped } from "./count_untyped.ts";
import { describeStacks } from "./describe_stacks.ts";
import type { IndexedInstance } from "./indexed_instance.ts";
import { INDEX_SCHEMA_VERSION, type IndexMetadata, type SkippedObject } from "./index_metadata.ts";
import type { InstanceRecord } from "./instance_record.ts";
import { listAttributeColumns } from "./list_attribute_columns.ts";
import { listSeriesColumns } from "./list_series_columns.ts";
import { loadBuilderState } from "./load_builder_state.ts";
import { makeArrowTable } from "./make_arrow_table.ts";
import { toMetadataPairs } from "./metadata_pairs.ts";
import { type OrderedFrames, orderFrames } from "./order_frames.ts";
import { placeInstances } from "./place_instances.ts";
import { PlainColumns } from "./plain_columns.ts";
import { SeriesTable } from "./series_table.ts";

/** What {@linkcode IndexBuilder.build} is told beside the instances. */
export interface BuildIndexOptions {
  /** The series as addressed, what `SeriesUID` holds; see {@linkcode seriesName}. */
  readonly seriesUID: string;
  /** The absolute address of the series. */
  readonly address: string;
  /** How many objects the listing had; the number of rows, failures and skipped by default. */
  readonly listed?: number;
  /** The instances that could not be read. */
  readonly failed?: readonly FailedRead[];
  /** The objects that are no instances of the series. */
  readonly skipped?: readonly SkippedObject[];
  /** Addresses of instances that were taken and have no row all the same; none by default. */
  readonly leaveOut?: ReadonlySet<string>;
  /**
   * Make the Arrow table only when it is asked for, by {@linkcode SeriesTable.loadTable}; false by
   * default. The builder hands over what it has taken then, and is empty afterwards.
   */
  readonly plain?: boolean;
  /** Aborts the build. */
  readonly signal?: AbortSignal;
}

/** SOP Instance UID has a column even where no instance has one: readers of the file rely on it. */
const SOP_INSTANCE_UID = 0x00080018;

const NO_ORDER: OrderedFrames = { order: null, positions: null, axes: null };

/**
 * Collects instances, in any order, and makes the index of their series.
 *
 * Only columns are kept, never headers, and a text that instances repeat is kept once.
 *
 * Every header keyword is a column, in the order of tags: DS and FD are float64, FL float32, IS, SL
 * and SS int32, UL and US uint32, SV int64, UV uint64, all else text. Values of other ranges, or
 * of several value representations, widen the column so that it holds all exactly. Where instances
 * have numbers, the text of one that has another value representation is read as a number, too. A
 * column is one of lists when any instance of the series has several values. Binary values have the
 * columns `{Keyword}_Size` and `{Keyword}_Hash` in place of `{Keyword}`. Absent and empty attributes
 * are null; the column `_empty` names those that are there without a value. Null, too, is what writes
 * no number where a number is due: the column `{Keyword}_Text` has it. What is not what it should be
 * (half a number, text outside its character set, a sequence that cannot be read) is whole in
 * `{Keyword}_Bytes`, base64. The metadata counts both.
 *
 * @example The index of a series of one instance
 * ```ts
 * import { IndexBuilder } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const builder = new IndexBuilder();
 * builder.add({
 *   url: "https://example.org/series/1.dcm",
 *   fileSize: 2048,
 *   etag: null,
 *   pixelOffset: 1024,
 *   pixelLength: 1024,
 *   attributes: [
 *     { keyword: "Modality", tag: 0x00080060, vr: "CS", single: true, values: ["CT"] },
 *   ],
 *   frameCount: 1,
 *   frameGeometry: null,
 *   frameOffsets: null,
 *   frameLengths: null,
 * });
 * const table = await builder.build({ seriesUID: "series", address: "https://example.org/series" });
 * assertEquals(table.sliceCount, 1);
 * assertEquals(table.row(0, ["Modality"]), { Modality: "CT" });
 * ```
 */
export class IndexBuilder {
  #records: InstanceRecord[] = [];
  #columns = new Map<number, AttributeColumn>();

  /**
   * Takes up an index again, so that instances that could not be read then, or that have changed, can
   * be added now. Columns stay as wide as they are.
   *
   * @param keep Whether to keep the instance of a row; all by default.
   * @throws {UsageError} When the table was read with some of its columns only.
   */
  static from(table: SeriesTable, keep: (row: number) => boolean = () => true): IndexBuilder {
    if (!table.complete || table.instanceCount !== table.table.numRows) {
      throw new UsageError("only a whole index can be taken up again; read it with all columns");
    }
    const builder = new IndexBuilder();
    const rows = Array.from({ length: table.instanceCount }, (_, row) => row).filter(keep);
    ({ records: builder.#records, columns: builder.#columns } = loadBuilderState(table, rows));
    return builder;
  }

  /** How many instances were taken. */
  get instanceCount(): number {
    return this.#records.length;
  }

  /** Takes an instance. */
  add(instance: IndexedInstance): void {
    const { attributes, ...record } = instance;
    const index = this.#records.length;
    let empty: string[] | null = null;
    for (const attribute of attributes) {
      let column = this.#columns.get(attribute.tag);
      if (column === undefined) {
        column = new AttributeColumn(attribute.tag, attribute.keyword);
        this.#columns.set(attribute.tag, column);
      }
      if (!column.add(index, attribute)) (empty ??= []).push(attribute.keyword);
    }
    const frames = record.frameGeometry === null ? NO_ORDER : orderFrames(record.frameGeometry);
    this.#records.push({ ...record, frames, empty });
  }

  /**
   * Sorts the instances taken so far and makes their index. More may be added afterwards, unless it is
   * `plain`.
   */
  async build(options: BuildIndexOptions): Promise<SeriesTable> {
    const arrow = options.plain ? null : await import("apache-arrow");
    options.signal?.throwIfAborted();
    const { placed, stacks } = placeInstances(
      this.#records,
      this.#columns,
      options.leaveOut,
    );
    const order = placed.map(({ instance }) => instance);
    const columns = new Map(this.#columns);
    if (!columns.has(SOP_INSTANCE_UID)) {
      const column = new AttributeColumn(SOP_INSTANCE_UID, "SOPInstanceUID");
      column.vrs.add("UI");
      column.widen("utf8");
      columns.set(SOP_INSTANCE_UID, column);
    }
    const sources = [
      ...listSeriesColumns(placed, options.seriesUID),
      ...listAttributeColumns(columns.values(), order),
    ];

    const failed = options.failed ?? [];
    const skipped = options.skipped ?? [];
    const metadata: IndexMetadata = {
      schemaVersion: INDEX_SCHEMA_VERSION,
      toolVersion: config.version,
      seriesUID: options.seriesUID,
      address: options.address,
      listed: options.listed ?? placed.length + failed.length + skipped.length,
      failed,
      skipped,
      stacks: describeStacks(stacks),
      untyped: countUntyped(sources),
    };
    const rowCount = placed.length;
    const pairs = toMetadataPairs(metadata);
    if (arrow !== null) {
      return new SeriesTable(makeArrowTable(arrow, sources, rowCount, pairs), metadata);
    }
    [this.#records, this.#columns] = [[], new Map()];
    return new SeriesTable(new PlainColumns({ sources, rowCount, pairs }), metadata);
  }
}
