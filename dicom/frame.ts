/** The typed arrays that stored values come in. */
export type PixelArray =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** One decoded frame: stored values at their bits stored and sign, nothing else applied. */
export interface Frame {
  /** Rows of pixels. */
  readonly rows: number;
  /** Columns of pixels. */
  readonly columns: number;
  /** 1 for monochrome and palette, 3 for color. */
  readonly samplesPerPixel: number;
  /** `rows × columns × samplesPerPixel` values, row by row, color interleaved. */
  readonly data: PixelArray;
  /**
   * What the samples are where the stream says other than the header: a codec that undoes a color
   * transform, or a JPEG whose own markers tell.
   */
  readonly photometricInterpretation?: string;
  /** How often the resolution was halved, where it was. */
  readonly level?: number;
  /** Bits of a sample where the stream has more or fewer than the header says. */
  readonly precision?: number;
}
