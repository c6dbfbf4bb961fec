/**
 * Previews of DICOM image series where they lie: in object storage, behind
 * HTTP, in a local folder. Headers are read by range requests, kept as one
 * index a series, and slices are fetched and drawn when they are asked for.
 *
 * {@linkcode SeriesIndex} is the way in.
 *
 * @module
 */

export * from "./errors.ts";
export type { PixelImage } from "./contrast/pixel_image.ts";
export type {
  IndexCache,
  IndexCacheOptions,
  IndexSource,
  LockOptions,
  PrimaryAxis,
  SkippedObject,
} from "./index_cache/mod.ts";
export type { Mosaic, MosaicOptions } from "./series_index/draw_mosaic.ts";
export { SeriesIndex, type SeriesIndexOptions } from "./series_index/series_index.ts";
export type { Slice } from "./series_index/slice_reader.ts";
export type {
  AutoContrast,
  Contrast,
  EmbeddedContrast,
  WindowContrast,
} from "./contrast/contrast.ts";
export type { HeaderLimits } from "./dicom/header_limits.ts";
export type { ReadEnvironment, StoreOptions, Timers } from "./retriever/store_options.ts";
export type { TransferStats } from "./retriever/transfer_stats.ts";
