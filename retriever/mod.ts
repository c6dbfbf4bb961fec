/**
 * Where series are and how their bytes come: stores over S3, Google Cloud
 * Storage, HTTP, local folders and memory, and the reading of headers and
 * frames from them in few requests.
 *
 * @module
 */

export type {
  DicomElement,
  DicomElements,
  DicomHeader,
  PixelDataLocation,
} from "../dicom/dicom_header.ts";
export type { HeaderLimits } from "../dicom/header_limits.ts";
export type * from "../dicom/image_description.ts";
export { type BucketProtocol, BucketStore } from "./bucket_store.ts";
export {
  DicomRetriever,
  type DicomRetrieverOptions,
  type ListedInstance,
  type RetrievedInstance,
  type RetrieveInstanceOptions,
  type RetrieveInstancesOptions,
} from "./dicom_retriever.ts";
export {
  type FrameBytes,
  FrameReader,
  type FrameReaderOptions,
  type ReadFrameOptions,
} from "./frame_reader.ts";
export { GcsStore } from "./gcs_store.ts";
export { HeaderSizes, type SeenHeader } from "./header_sizes.ts";
export { HttpStore } from "./http_store.ts";
export { listSeries } from "./list_series.ts";
export {
  DEFAULT_ROOT,
  type LocatedSeries,
  locateSeries,
  type LocateSeriesOptions,
} from "./locate_series.ts";
export type { ManyReadsOptions } from "./many_reads_options.ts";
export { MemoryStore, type MemoryStoreOptions } from "./memory_store.ts";
export { type OpenedFolder, openStore, type OpenStoreOptions } from "./open_store.ts";
export type { Outcome } from "./outcome.ts";
export { type HeaderProgress, planHeaderRange } from "./plan_header_range.ts";
export type { PixelSource } from "./pixel_source.ts";
export { type LearnedPrefix, planPrefixLength, type PrefixedFrame } from "./plan_prefix_length.ts";
export type { AbortOptions } from "../runtime/abort_options.ts";
export type { ProgressOptions } from "../runtime/progress_options.ts";
export { readEnvironment } from "../runtime/read_environment.ts";
export { readHeader, type ReadHeaderOptions, type RetrievedHeader } from "./read_header.ts";
export { readHeaders, type ReadHeadersOptions } from "./read_headers.ts";
export { readInOrder, type ReadInOrderOptions } from "./read_in_order.ts";
export type { S3Credentials } from "./s3_protocol.ts";
export { S3Store, type S3StoreOptions } from "./s3_store.ts";
export type * from "./store.ts";
export type { ReadEnvironment, StoreOptions, Timers } from "./store_options.ts";
export { type ResolvedObject, StoreRegistry } from "./store_registry.ts";
export { createTransferStats, type TransferStats } from "./transfer_stats.ts";
