import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import { sortSlices } from "./sort_slices.ts";

/** The display order of the frames of one instance. */
export interface OrderedFrames {
  /** Stored frame numbers, 0-based, in display order; null when that is the stored order. */
  readonly order: readonly number[] | null;
  /** Position of each frame in stored order, millimeters along the normal; null where unknown. */
  readonly positions: readonly (number | null)[] | null;
  /** The axis of the frame shown first; null when no frame has geometry. */
  readonly axis: Exclude<PrimaryAxis, "I"> | null;
}

/**
 * Orders the frames of an instance as {@linkcode sortSlices} orders slices, frames of one position
 * by frame number; frames without geometry keep their stored order.
 */
export function orderFrames(geometry: readonly FrameGeometry[] | null): OrderedFrames {
  if (geometry === null || geometry.every((frame) => frame.position === null)) {
    return { order: null, positions: null, axis: null };
  }
  const sorted = sortSlices(geometry.map(({ position, orientation }, frame) => ({
    position,
    orientation,
    sliceLocation: null,
    temporalPositionIdentifier: null,
    acquisitionNumber: null,
    echoNumbers: null,
    instanceNumber: frame,
    sopInstanceUID: "",
  })));
  const order = [...sorted.order];
  const axis = sorted.axes[order[0]!]!;
  if (axis === "I") return { order: null, positions: null, axis: null };
  return {
    order: order.every((frame, i) => frame === i) ? null : order,
    positions: sorted.positions.map((position, frame) =>
      sorted.axes[frame] === "I" ? null : position
    ),
    axis,
  };
}
