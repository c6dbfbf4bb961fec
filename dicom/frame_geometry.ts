/** Where a frame or an instance lies in the patient (PS3.3 C.7.6.2), millimeters, LPS. */
export interface FrameGeometry {
  /** Image Position (Patient): x, y, z of the first pixel; null when absent. */
  readonly position: readonly [number, number, number] | null;
  /** Image Orientation (Patient): direction cosines of the row, then of the column; null when absent. */
  readonly orientation: readonly [number, number, number, number, number, number] | null;
}
