import type { FailedRead } from "../errors.ts";

/**
 * The version of the index's columns and metadata; a file of another one is rebuilt.
 *
 * @example
 * ```ts
 * import { INDEX_SCHEMA_VERSION, IndexBuilder } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const { metadata } = await new IndexBuilder().build({ seriesUID: "ct", address: "demo:ct" });
 * assertEquals(metadata.schemaVersion, INDEX_SCHEMA_VERSION);
 * ```
 */
export const INDEX_SCHEMA_VERSION = 3;

/** An object of the listing that is no instance of the series. */
export interface SkippedObject {
  /** The absolute address of the object. */
  readonly url: string;
  /** Why, in one line. */
  readonly reason: string;
}

/** What an index says of itself, kept as key-value metadata of the Parquet file. */
export interface IndexMetadata {
  /** The version of the index's columns and metadata. */
  readonly schemaVersion: number;
  /** The version of the package that built it. */
  readonly toolVersion: string;
  /** The series as addressed; what `SeriesUID` holds. */
  readonly seriesUID: string;
  /** The absolute address of the series. */
  readonly address: string;
  /** How many objects the listing had. */
  readonly listed: number;
  /** The instances that could not be read and so have no row. */
  readonly failed: readonly FailedRead[];
  /** The objects that are no instances of the series and so have no row. */
  readonly skipped: readonly SkippedObject[];
  /** What the series was split into, in one line; null for a single stack. */
  readonly stacks: string | null;
  /**
   * How many instances have a value that its column cannot hold, by column: in `{Keyword}_Text` what is
   * written where a number is due, in `{Keyword}_Bytes` what is not what it should be.
   */
  readonly untyped: Readonly<Record<string, number>>;
}
