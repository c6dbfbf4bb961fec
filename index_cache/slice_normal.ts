import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import type { PrimaryAxis } from "./primary_axis.ts";

/** A direction or point in the patient: x, y, z. */
export type Vector3 = readonly [number, number, number];

/** The axes in the order of a vector's components. */
export const AXES: readonly ["X", "Y", "Z"] = ["X", "Y", "Z"];

/** The normal of a slice, turned so that a position along it grows with its dominant axis. */
export interface SliceNormal {
  readonly direction: Vector3;
  readonly axis: Exclude<PrimaryAxis, "I">;
}

/** Below this sine of the angle between row and column they span no plane. */
const MINIMUM_SINE = 1e-3;

/**
 * The unit normal of an orientation: row direction × column direction (PS3.3 C.7.6.2.1.1).
 * Null for an orientation that is absent, not finite, or spans no plane.
 */
export function sliceNormal(orientation: FrameGeometry["orientation"]): SliceNormal | null {
  if (orientation === null || !orientation.every(Number.isFinite)) return null;
  const [rx, ry, rz, cx, cy, cz] = orientation;
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx] as const;
  const length = Math.hypot(...normal);
  if (!(length >= MINIMUM_SINE * Math.hypot(rx, ry, rz) * Math.hypot(cx, cy, cz)) || length === 0) {
    return null;
  }
  const [x, y, z] = normal.map(Math.abs) as [number, number, number];
  const index = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
  const scale = (normal[index]! < 0 ? -1 : 1) / length;
  return {
    direction: [normal[0] * scale, normal[1] * scale, normal[2] * scale],
    axis: AXES[index]!,
  };
}

/** The distance of a point along a direction. */
export function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
