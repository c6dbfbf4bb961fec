/** A point in mm, LPS. */
export type Point = readonly [x: number, y: number, z: number];

/** A straight piece of a vessel, an airway or a bone: round, tapering, with round ends. */
export interface Tube {
  readonly from: Point;
  readonly to: Point;
  /** Radius in mm at {@linkcode Tube.from}. */
  readonly fromRadius: number;
  /** Radius in mm at {@linkcode Tube.to}. */
  readonly toRadius: number;
  /** Radiodensity of what is inside. */
  readonly hounsfield: number;
}
