import type { DicomHeader } from "../dicom/dicom_header.ts";

/** A UID or code string of a header, without its padding; empty when it is absent. */
export function headerText({ bytes, fileMeta, dataset }: DicomHeader, tag: number): string {
  const element = fileMeta.get(tag) ?? dataset.get(tag);
  if (element === undefined) return "";
  const value = bytes.subarray(element.offset, element.offset + element.length);
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
