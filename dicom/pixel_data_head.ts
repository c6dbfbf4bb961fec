/** The pixel data element's head, as it was met. */
export interface PixelDataHead {
  readonly tag: number;
  readonly vr: string;
  /** Offset of the value's first byte. */
  readonly offset: number;
  /** Length in bytes; null when undefined. */
  readonly length: number | null;
}
