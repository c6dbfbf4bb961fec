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
export type { AbortOptions } from "./runtime/abort_options.ts";
export type { ProgressOptions } from "./runtime/progress_options.ts";
export type { PixelImage } from "./contrast/pixel_image.ts";
export type {
  IndexCache,
  IndexCacheOptions,
  IndexRow,
  IndexSource,
  LockOptions,
  PrimaryAxis,
  SkippedObject,
} from "./index_cache/mod.ts";
export type { ContrastsOptions } from "./series_index/contrasts_options.ts";
export type { StackChoice } from "./series_index/stack_choice.ts";
export type { SliceChoice } from "./series_index/choose_slice.ts";
export type { SlicesChoice } from "./series_index/choose_slices.ts";
export type { ContrastChoice } from "./series_index/contrast_choice.ts";
export type { ContrastMosaic, ContrastMosaicOptions } from "./series_index/draw_contrast_mosaic.ts";
export type { SliceImage } from "./series_index/draw_images.ts";
export type { MosaicOptions } from "./series_index/draw_mosaic.ts";
export type { RenderedFrames } from "./series_index/finish_frames.ts";
export type { Mosaic } from "./series_index/finish_mosaic.ts";
export type { FramesOptions } from "./series_index/frames_options.ts";
export type { GetInstancesOptions, InstanceOptions } from "./series_index/get_instances.ts";
export type { ReadSliceOptions } from "./series_index/held_slice.ts";
export type {
  GetImageOptions,
  GetImagesOptions,
  ImageOptions,
} from "./series_index/image_options.ts";
export {
  type ContrastGridOptions,
  type GetPixelsOptions,
  Instance,
  type InstanceParts,
} from "./series_index/instance.ts";
export { SeriesIndex } from "./series_index/series_index.ts";
export type { SeriesIndexOptions } from "./series_index/series_index_options.ts";
export type { DecodedSlice, Slice } from "./series_index/slice_reader.ts";
export type {
  AutoContrast,
  Contrast,
  EmbeddedContrast,
  WindowContrast,
} from "./contrast/contrast.ts";
export type { AttributeScalar, AttributeValue } from "./dicom/attribute.ts";
export type { Dataset, DatasetValue } from "./dicom/dataset.ts";
export type { Frame, PixelArray } from "./dicom/frame.ts";
export type * from "./dicom/image_description.ts";
export type { DecodeLimits, ImageLimits } from "./dicom/decode_limits.ts";
export type { HeaderLimits } from "./dicom/header_limits.ts";
export type { SampleRange } from "./index_cache/select_slices.ts";
export type { GridOptions } from "./mosaic/plan_grid.ts";
export type { MosaicLayoutOptions, MosaicSize } from "./mosaic/plan_mosaic.ts";
export type { VideoLayoutOptions } from "./mosaic/video/plan_video.ts";
export type { ManyReadsOptions } from "./retriever/many_reads_options.ts";
export type { LocateSeriesOptions } from "./retriever/locate_series.ts";
export type { OpenStoreOptions } from "./retriever/open_store.ts";
export type { ImageSize } from "./mosaic/image_size.ts";
export type { SingleImageOptions } from "./mosaic/single_image_size.ts";
export type { Outcome } from "./retriever/outcome.ts";
export type { ReadEnvironment, StoreOptions, Timers } from "./retriever/store_options.ts";
export type { TransferStats } from "./retriever/transfer_stats.ts";
