/**
 * The index of a series: slices in display order, positions, the Parquet file that keeps them, and
 * the cache that it lies in.
 *
 * Instances are collected by {@linkcode IndexBuilder}, sorted as {@linkcode sortSlices} says, and
 * come out as a {@linkcode SeriesTable}. {@linkcode loadOrGenerateIndex} reads that from a cache or
 * builds it; {@linkcode sliceNumberAt}, {@linkcode selectSlices} and {@linkcode nearestSlice} choose
 * slices of it.
 *
 * @example Reading an index again
 * ```ts
 * import { IndexBuilder, readIndex, writeIndex } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const built = await new IndexBuilder().build({ seriesUID: "ct", address: "demo:ct" });
 * const table = await readIndex(await writeIndex(built));
 * assertEquals(table.metadata.address, "demo:ct");
 * ```
 *
 * @module
 */
export type {
  Attribute,
  AttributeScalar,
  AttributeValue,
  AttributeValues,
} from "../dicom/attribute.ts";
export type { FrameGeometry } from "../dicom/frame_geometry.ts";
export type { PixelVR } from "../dicom/image_description.ts";
export type { SlideOrder } from "../dicom/slide/slide_order.ts";
export type { SliceTraits } from "../dicom/slice_traits.ts";
export type { ColumnType } from "./column_type.ts";
export type { FailedRead } from "../errors.ts";
export type { AbortOptions } from "../runtime/abort_options.ts";
export * from "./describe_stacks.ts";
export * from "./get_cache_directory.ts";
export * from "./index_builder.ts";
export * from "./index_cache.ts";
export * from "./index_columns.ts";
export * from "./index_metadata.ts";
export * from "./indexed_instance.ts";
export * from "./load_or_generate_index.ts";
export * from "./memory_index_cache.ts";
export * from "./move_slice.ts";
export * from "./nearest_slice.ts";
export * from "./open_file_index_cache.ts";
export * from "./primary_axis.ts";
export * from "./read_index.ts";
export * from "./select_slices.ts";
export * from "./series_name.ts";
export * from "./series_table.ts";
export * from "./slice_number_at.ts";
export * from "./sort_slices.ts";
export * from "./sortable_slice.ts";
export type { StackDifference } from "./split_stacks.ts";
export type { StackDimension } from "./stack_dimensions.ts";
export * from "./write_index.ts";
