import { HeaderReader, type HeaderReaderOptions, type HeaderResult } from "./header_reader.ts";

/** Options of {@linkcode parseHeader}. */
export interface ParseHeaderOptions extends HeaderReaderOptions {
  /**
   * Size of the whole object in bytes. Without it a header is complete only
   * when its pixel data element has been reached.
   */
  readonly totalSize?: number | undefined;
}

/**
 * Reads the header of an instance from its first bytes.
 *
 * No value is ever read from an element that is cut: the answer is a header
 * that reaches to the pixel data or to the end of the object, or the number
 * of bytes that it takes at least. Reads PS3.10 files, files without preamble
 * or file meta, implicit and explicit VR, big endian and deflated datasets.
 *
 * @param bytes The object's first bytes.
 * @param options The object's size, limits, and its address for errors.
 * @returns The header, or how many bytes of the object it takes.
 * @throws {NotDicomError} When the object is no DICOM.
 * @throws {InvalidHeaderError} When the header breaks a rule of PS3.5, or the object ends inside it.
 * @throws {LimitError} When a limit is reached.
 *
 * @example
 * ```ts
 * import { parseHeader } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * // A dataset of one element: Modality (0008,0060), implicit VR little endian.
 * const bytes = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 *
 * const cut = parseHeader(bytes.subarray(0, 9), { totalSize: 10 });
 * assertEquals(cut, { complete: false, bytesNeeded: 10 });
 *
 * const whole = parseHeader(bytes, { totalSize: 10 });
 * assertEquals(whole.complete && whole.header.dataset.has(0x00080060), true);
 * ```
 */
export function parseHeader(bytes: Uint8Array, options: ParseHeaderOptions = {}): HeaderResult {
  return new HeaderReader(options).append(bytes, options.totalSize ?? null);
}
