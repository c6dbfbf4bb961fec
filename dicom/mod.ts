/**
 * DICOM itself: a header from its first bytes, attributes and their values,
 * and frames from stored bytes to stored values. It reads no files and makes
 * no requests; bytes come in, values go out.
 *
 * @module
 */

export type { AbortOptions } from "../runtime/abort_options.ts";
export type { ProgressOptions } from "../runtime/progress_options.ts";
export type { AddressOptions } from "./address_options.ts";
export * from "./attribute.ts";
export { decodeText, type DecodeTextOptions } from "./character_set.ts";
export {
  canDecode,
  decodeFrame,
  type DecodeFrameOptions,
  requireDecodable,
} from "./decode_frame.ts";
export { type DecodedPixels, decodePixels, type DecodePixelsOptions } from "./decode_pixels.ts";
export {
  type DescribeImageOptions,
  hasImage,
  imageDescriber,
  imageKeywords,
} from "./describe_image.ts";
export type { Dataset, DatasetValue } from "./dataset.ts";
export type {
  DicomElement,
  DicomElements,
  DicomHeader,
  PixelDataLocation,
} from "./dicom_header.ts";
export { dicomHeaderToDict } from "./dicom_header_to_dict.ts";
export { type DictionaryEntry, lookupTag } from "./dictionary.ts";
export { splitFrames } from "./fragments.ts";
export { frameCountOf } from "./frame_count_of.ts";
export { frameDataset } from "./frame_dataset.ts";
export type { FrameGeometry } from "./frame_geometry.ts";
export { type FrameRange, isNative, nativeFrameRange } from "./frame_layout.ts";
export type { Frame, PixelArray } from "./frame.ts";
export { defaultHeaderLimits, type HeaderLimits } from "./header_limits.ts";
export { HeaderReader, type HeaderReaderOptions, type HeaderResult } from "./header_reader.ts";
export type * from "./image_description.ts";
export { type InflateOptions, readDeflatedPixelData } from "./inflate_dataset.ts";
export { parseHeader, type ParseHeaderOptions } from "./parse_header.ts";
export { readAttributes, toAttributeValues } from "./read_attributes.ts";
export { readFrameGeometry } from "./read_frame_geometry.ts";
export { readFrameTraits } from "./read_frame_traits.ts";
export { type DecodeLimits, defaultDecodeLimits, type ImageLimits } from "./decode_limits.ts";
export { planTiles, type Tile, type TilePlan } from "./slide/plan_tiles.ts";
export type { PixelMatrix } from "./slide/read_pixel_matrix.ts";
export type { SlideOrder } from "./slide/slide_order.ts";
export type { SliceTraits } from "./slice_traits.ts";
export { type TransferSyntax, transferSyntax } from "./transfer_syntax.ts";
