/** Where an instance's pixel data is, as the index knows it. */
export interface PixelSource {
  /** The instance's absolute address. */
  readonly url: string;
  /** Its key in the store. */
  readonly key: string;
  /** Size of the object in bytes, when known. */
  readonly fileSize: number | null;
  /** Offset of the pixel data's value; null when the dataset is deflated. */
  readonly pixelOffset: number | null;
  /** Length of the value; to the end of the object when it is of undefined length. */
  readonly pixelLength: number | null;
  /** The ETag first seen, which the object must still have. */
  readonly etag: string | null;
  /**
   * Where an Extended Offset Table says that each frame's fragment begins in the object, after its
   * item's head; null or absent without such a table.
   */
  readonly frameOffsets?: readonly number[] | null | undefined;
  /** The lengths of those fragments in bytes. */
  readonly frameLengths?: readonly number[] | null | undefined;
}
