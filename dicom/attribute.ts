/** One value of an attribute: text, a number, or an integer beyond 2^53. */
export type AttributeScalar = string | number | bigint;

/**
 * An attribute of a header as the index keeps it.
 *
 * Sequences are one string of DICOM JSON (PS3.18 F.2) text. Binary values are
 * kept as base64 when they are lookup table data, and otherwise are not kept:
 * {@linkcode Attribute.binary} tells their size and hash.
 */
export interface Attribute {
  /** Keyword of PS3.6, or `GGGGEEEE` for a private or unknown element. */
  readonly keyword: string;
  /** Group and element number as one unsigned 32-bit number. */
  readonly tag: number;
  /** The value representation, two letters. */
  readonly vr: string;
  /** The value representation of PS3.6, as in `US or SS`; absent for a private or unknown element. */
  readonly dictionaryVR?: string;
  /** Whether PS3.6 lets the attribute have one value only; false for private elements that have one. */
  readonly single: boolean;
  /** The values in order; empty for an attribute of zero length. Null marks an empty one among others. */
  readonly values: readonly (AttributeScalar | null)[];
  /** Size in bytes and lower-case hex SHA-256 of a binary value (OB, OW, OF, OD, OL, OV, UN). */
  readonly binary?: { readonly size: number; readonly hash: string };
  /**
   * Base64 of the value's bytes as stored, where they are not what they should be: not a whole
   * number of its numbers, not text of its character set (in a sequence, any of its texts), not a
   * sequence, or not of the value representation that the maker of a private element gave it.
   */
  readonly unread?: string;
}

/** Attributes by keyword as plain values: null when empty, an array when there are several. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** A plain value of an attribute. */
export type AttributeValue = AttributeScalar | null | readonly (AttributeScalar | null)[];
