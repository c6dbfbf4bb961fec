import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import type { IndexCache } from "../index_cache/mod.ts";
import type { LocateSeriesOptions } from "../retriever/locate_series.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";

/** Options of `SeriesIndex.open`; the calls that follow read as it does, where they say nothing else. */
export interface SeriesIndexOptions extends LocateSeriesOptions, ManyReadsOptions {
  /** The Series Instance UID to take where a folder holds several series. */
  readonly series?: string | undefined;
  /** Where indices are kept; false for nowhere. The folder of `cacheDir` by default. */
  readonly cache?: IndexCache | false | undefined;
  /** The folder of the cache, in place of the platform's. */
  readonly cacheDir?: string | undefined;
  /** Make the index anew even if there is one. */
  readonly rebuild?: boolean | undefined;
  /**
   * List the series, once, and bring a kept index up to date: instances that are new or have another
   * size or ETag are read, those that are gone left out.
   */
  readonly check?: boolean | undefined;
  /**
   * Open the series for drawing alone: only the columns of a kept index that this takes are read, and
   * no Arrow table is made of them until `SeriesIndex.loadTable` is called.
   */
  readonly imagingOnly?: boolean | undefined;
  /** Limits on headers, in place of the defaults. */
  readonly limits?: Partial<HeaderLimits> | undefined;
  /** Limits on images and on what decoding them takes, in place of the defaults. */
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
  /** Takes lines that a user should see: a rebuilt index, a cache that cannot be used. */
  readonly onNotice?: ((line: string) => void) | undefined;
}
