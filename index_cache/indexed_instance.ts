import type { Attribute } from "../dicom/attribute.ts";
import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import type { PixelVR } from "../dicom/image_description.ts";
import type { SliceTraits } from "../dicom/slice_traits.ts";

/** An instance as the index takes it: where it lies, its header, and what is known of its frames. */
export interface IndexedInstance {
  /** The absolute address of the object. */
  readonly url: string;
  /** Size of the object in bytes; null when unknown. */
  readonly fileSize: number | null;
  /** The object's ETag as first seen; null when the source gives none. */
  readonly etag: string | null;
  /** Offset in bytes of the pixel data's value in the object; null without one. */
  readonly pixelOffset: number | null;
  /** Length in bytes of that value; for a value of undefined length, up to the object's end. */
  readonly pixelLength: number | null;
  /** The value representation that the pixels are read by; null or absent without pixel data. */
  readonly pixelVR?: PixelVR | null;
  /** Every element of the header, file meta information included, in stored order. */
  readonly attributes: readonly Attribute[];
  /** Slices that this instance gives: 0 for one without an image, else at least 1. */
  readonly frameCount: number;
  /** Geometry of each frame in stored order; null when the frames carry none of their own. */
  readonly frameGeometry: readonly FrameGeometry[] | null;
  /** What tells the frames apart beside their place, in stored order; null or absent when nothing. */
  readonly frameTraits?: readonly SliceTraits[] | null;
  /** Offset in bytes of each frame in the object, in stored order; null when not known. */
  readonly frameOffsets: readonly number[] | null;
  /** Length in bytes of each frame in the object, in stored order; null when not known. */
  readonly frameLengths: readonly number[] | null;
}
