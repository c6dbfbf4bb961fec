import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { KeptSlices } from "./kept_slices.ts";
import type { HeaderSource } from "./read_datasets.ts";
import type { DecodeStats } from "./slice_reader.ts";

/** Where the slices of a series are read from: its index, and the store that holds its instances. */
export interface SeriesSource extends HeaderSource {
  /** Counts what is decoded. */
  readonly stats: DecodeStats;
  /** What the call that reads has made of slices. */
  readonly kept: KeptSlices;
  /** Limits on images, in place of the defaults. */
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
}
