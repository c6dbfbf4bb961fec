/** Tags that this package acts on, group and element number as one unsigned 32-bit number. */
export const Tag = {
  FileMetaInformationGroupLength: 0x00020000,
  MediaStorageSOPClassUID: 0x00020002,
  TransferSyntaxUID: 0x00020010,
  SpecificCharacterSet: 0x00080005,
  NumberOfFrames: 0x00280008,
  PixelRepresentation: 0x00280103,
  Item: 0xfffee000,
  ItemDelimitationItem: 0xfffee00d,
  SequenceDelimitationItem: 0xfffee0dd,
  ExtendedOffsetTable: 0x7fe00001,
  ExtendedOffsetTableLengths: 0x7fe00002,
  FloatPixelData: 0x7fe00008,
  DoubleFloatPixelData: 0x7fe00009,
  PixelData: 0x7fe00010,
} as const;

/** Tags whose digits are kept: those of a series are asked for once an instance. */
const mostKept = 4096;
const kept = new Map<number, string>();

/** Writes a tag as eight upper-case hex digits, the form of DICOM JSON. */
export function tagHex(tag: number): string {
  let hex = kept.get(tag);
  if (hex === undefined) {
    hex = tag.toString(16).toUpperCase().padStart(8, "0");
    if (kept.size < mostKept) kept.set(tag, hex);
  }
  return hex;
}

/** Writes a tag as the standard does, as in `(0008,0060)`. */
export function tagText(tag: number): string {
  const hex = tagHex(tag);
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
}

/** Whether the tag is one of the three that hold an image's pixels. */
export function isPixelDataTag(tag: number): boolean {
  return tag === Tag.PixelData || tag === Tag.FloatPixelData || tag === Tag.DoubleFloatPixelData;
}
