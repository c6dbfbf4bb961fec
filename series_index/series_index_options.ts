import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import type { IndexCache } from "../index_cache/mod.ts";
import type { StoreOptions } from "../retriever/store_options.ts";

/** Options of `SeriesIndex.open`. */
export interface SeriesIndexOptions extends StoreOptions {
  /** Where folder UUIDs are looked up; `s3://idc-open-data` by default. */
  readonly root?: string | undefined;
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
  /** Read only the columns of a kept index that drawing takes; `SeriesIndex.table` has just those then. */
  readonly imagingOnly?: boolean | undefined;
  /** Limits on headers, in place of the defaults. */
  readonly limits?: Partial<HeaderLimits> | undefined;
  /** Limits on images and on what decoding them takes, in place of the defaults. */
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each header with how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Takes lines that a user should see: a rebuilt index, a cache that cannot be used. */
  readonly onNotice?: ((line: string) => void) | undefined;
}
