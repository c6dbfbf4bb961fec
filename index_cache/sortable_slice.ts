import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import type { SliceTraits } from "../dicom/slice_traits.ts";
import type { SlideOrder } from "../dicom/slide/slide_order.ts";

/** A number of a header: null when absent, an array when the attribute has several values. */
export type HeaderNumber = number | readonly (number | null)[] | null;

/** What the place of a slice in display order hangs on. */
export interface SortableSlice extends FrameGeometry {
  /** Slice Location (0020,1041) in millimeters; used only where no slice has a position. */
  readonly sliceLocation: number | null;
  /** Temporal Position Identifier (0020,0100). */
  readonly temporalPositionIdentifier: HeaderNumber;
  /** Acquisition Number (0020,0012). */
  readonly acquisitionNumber: HeaderNumber;
  /** Echo Number(s) (0018,0086). */
  readonly echoNumbers: HeaderNumber;
  /** Instance Number (0020,0013). */
  readonly instanceNumber: HeaderNumber;
  /** SOP Instance UID (0008,0018); the empty string when absent. */
  readonly sopInstanceUID: string;
  /** What else tells slices of one position apart; only stacks hang on it, never the order. */
  readonly traits?: SliceTraits;
  /** Where an image of a slide is shown among the slices without geometry; null or absent for all else. */
  readonly slideOrder?: SlideOrder | null;
}
