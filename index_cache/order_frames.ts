import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import { sortSlices } from "./sort_slices.ts";

/** The display order of the frames of one instance. */
export interface OrderedFrames {
  /** Stored frame numbers, 0-based, in display order; null when that is the stored order. */
  readonly order: readonly number[] | null;
  /** Position of each frame in stored order, millimeters along the normal; null where unknown. */
  readonly positions: readonly (number | null)[] | null;
  /** The axis of each frame in stored order; null when no frame has geometry. */
  readonly axes: readonly PrimaryAxis[] | null;
}

/**
 * Orders the frames of an instance as {@linkcode sortSlices} orders slices, frames of one position
 * by frame number; frames without geometry keep their stored order.
 */
export function orderFrames(geometry: readonly FrameGeometry[] | null): OrderedFrames {
  const sorted = sortSlices((geometry ?? []).map(({ position, orientation }, frame) => ({
    position,
    orientation,
    sliceLocation: null,
    temporalPositionIdentifier: null,
    acquisitionNumber: null,
    echoNumbers: null,
    instanceNumber: frame,
    sopInstanceUID: "",
  })));
  const { axes } = sorted;
  if (axes.every((axis) => axis === "I")) return { order: null, positions: null, axes: null };
  const order = [...sorted.order];
  return {
    order: order.every((frame, i) => frame === i) ? null : order,
    positions: sorted.positions.map((position, frame) => axes[frame] === "I" ? null : position),
    axes,
  };
}
