/** A component of a decoded JPEG stream. */
export interface JpegImageComponent {
  /** Its identifier in the stream. */
  readonly id: number;
  /** Its horizontal sampling factor, 1 to 4. */
  readonly hSampling: number;
  /** Its vertical sampling factor, 1 to 4. */
  readonly vSampling: number;
}

/** What a JPEG stream tells of the color of its components. */
export interface JpegColorMarks {
  /** The components in the order of their samples. */
  readonly components: readonly JpegImageComponent[];
  /** The transform that an Adobe segment names: 0 none, 1 YCbCr, 2 YCCK; null without such a segment. */
  readonly adobeTransform: number | null;
  /** Whether there is a JFIF segment. */
  readonly hasJfif: boolean;
}

/** A decoded JPEG stream. */
export interface JpegImage extends JpegColorMarks {
  /** Bits of a sample: 8 or 12. */
  readonly precision: number;
  /** Rows of pixels. */
  readonly rows: number;
  /** Columns of pixels. */
  readonly columns: number;
  /** A sample a component for each pixel, row by row, as coded: no color is converted. */
  readonly data: Uint8Array | Uint16Array;
}
