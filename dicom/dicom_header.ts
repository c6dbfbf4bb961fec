/** A data element, held as a place in the header's bytes. */
export interface DicomElement {
  /** Group and element number as one unsigned 32-bit number, as in `0x00080060`. */
  readonly tag: number;
  /** The value representation, two letters; from the dictionary when the transfer syntax is implicit. */
  readonly vr: string;
  /** Where the value starts in {@linkcode DicomHeader.bytes}. */
  readonly offset: number;
  /** The value's length in bytes; of undefined length, the bytes before its delimitation item. */
  readonly length: number;
  /** The items of a sequence; absent for every other element. */
  readonly items?: readonly DicomElements[];
}

/** The elements of a dataset or item by tag, in stored order. */
export type DicomElements = ReadonlyMap<number, DicomElement>;

/** Where an instance keeps its pixel data. */
export interface PixelDataLocation {
  /** `0x7FE00010` (integer), `0x7FE00008` (float) or `0x7FE00009` (double). */
  readonly tag: number;
  /** The value representation, `OB`, `OW`, `OF`, `OD` or `UN`. */
  readonly vr: string;
  /** The value's first byte in the object; null when the dataset is deflated. */
  readonly offset: number | null;
  /** The value's length in bytes; null when undefined (encapsulated) or deflated. */
  readonly length: number | null;
}

/** A complete header: every element of an instance before its pixel data. */
export interface DicomHeader {
  /** The bytes that the elements point into; for a deflated dataset, file meta then inflated bytes. */
  readonly bytes: Uint8Array;
  /** File meta information, group 0002. */
  readonly fileMeta: DicomElements;
  /** The dataset up to the pixel data. */
  readonly dataset: DicomElements;
  /** UID of the transfer syntax, `1.2.840.10008.1.2` when the file does not say and looks implicit. */
  readonly transferSyntaxUID: string;
  /** Whether the dataset is little endian. */
  readonly littleEndian: boolean;
  /**
   * Bytes of the object up to the pixel data element, or to its end where there is none; for a
   * deflated dataset rounded up to whole KiB of it, or to the object's end.
   */
  readonly headerLength: number;
  /** Size of the whole object in bytes, when known. */
  readonly totalSize: number | null;
  /** Where the pixel data is; null for an instance without any. */
  readonly pixelData: PixelDataLocation | null;
}
