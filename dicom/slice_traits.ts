/**
 * What may tell a slice from others of the same place: which time point, echo, b-value it is of. Of
 * a frame it is read from its functional groups, else from the instance; absent where neither says.
 */
export interface SliceTraits {
  /** Referenced Segment Number (0062,000B). */
  readonly segmentNumber?: number | undefined;
  /** Stack ID (0020,9056). */
  readonly stackID?: string | undefined;
  /** Diffusion b-value (0018,9087) in s/mm². */
  readonly bValue?: number | undefined;
  /** Diffusion Gradient Orientation (0018,9089): three numbers, joined. */
  readonly gradientOrientation?: string | undefined;
  /** Temporal Position Index (0020,9128), or Temporal Position Time Offset (0020,930D). */
  readonly temporalPosition?: number | undefined;
  /** Number of Temporal Positions (0020,0105). */
  readonly temporalPositionCount?: number | undefined;
  /** Frame Reference Time (0054,1300) in milliseconds. */
  readonly frameReferenceTime?: number | undefined;
  /** Nominal Percentage of Cardiac Phase (0020,9241), or the number of a phase. */
  readonly phase?: number | undefined;
  /** Trigger Time (0018,1060), or Nominal Cardiac Trigger Delay Time (0020,9153), in milliseconds. */
  readonly triggerTime?: number | undefined;
  /** Image Type (0008,0008) or Frame Type, and the complex component: several values, joined. */
  readonly imageType?: string | undefined;
  /** ASL Context (0018,9257): label, control or M0. */
  readonly labeling?: string | undefined;
  /** Inversion Time (0018,0082) in milliseconds. */
  readonly inversionTime?: number | undefined;
  /** Flip Angle (0018,1314) in degrees. */
  readonly flipAngle?: number | undefined;
  /** Echo Time (0018,0081), or Effective Echo Time (0018,9082), in milliseconds. */
  readonly echoTime?: number | undefined;
  /** Dimension Index Values (0020,9157) of the dimensions that are no place: numbers, joined. */
  readonly dimensionIndices?: string | undefined;
  /** Frame Acquisition Number (0020,9156). */
  readonly frameAcquisitionNumber?: number | undefined;
  /** When it was acquired, as seconds; see `parseDateTime`. */
  readonly acquiredAt?: number | undefined;
}
