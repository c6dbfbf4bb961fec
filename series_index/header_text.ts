import type { DicomHeader } from "../dicom/dicom_header.ts";

/** A UID has 64 bytes at most, a code string 16 (PS3.5 table 6.2-1). */
const longestUID = 64;

/** A UID or code string of a header, without its padding; empty when it is absent. */
export function headerText({ bytes, fileMeta, dataset }: DicomHeader, tag: number): string {
  const element = fileMeta.get(tag) ?? dataset.get(tag);
  if (element === undefined) return "";
  const { offset, length } = element;
  const value = bytes.subarray(offset, offset + Math.min(length, longestUID));
  return String.fromCharCode(...value).replace(/[\0 ]+$/, "");
}

/** Series Instance UID (0020,000E). */
export const seriesInstanceUID = 0x0020000e;
/** Modality (0008,0060). */
export const modality = 0x00080060;
/** Media Storage SOP Class UID (0002,0002). */
export const mediaStorageSOPClassUID = 0x00020002;
/** SOP Class UID (0008,0016). */
export const sopClassUID = 0x00080016;
