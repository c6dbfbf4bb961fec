import { Inflate } from "pako";
import { DecodeError, LimitError } from "../errors.ts";
import type { AddressOptions } from "./address_options.ts";
import { DatasetReader } from "./dataset_reader.ts";
import { GrowingBytes } from "./growing_bytes.ts";
import { defaultHeaderLimits } from "./header_limits.ts";
import type { PixelDataHead } from "./pixel_data_head.ts";
import { parseHeader } from "./parse_header.ts";

/** Most bytes a dataset may inflate to when no limit is given: 512 MiB. */
const defaultMaxInflatedBytes = 512 * 1024 * 1024;
const inflatePiece = 4096;
const syncFlush = 2;

/** Options of {@linkcode readDeflatedPixelData}. */
export interface InflateOptions extends AddressOptions {
  /** Most bytes to inflate to; 512 MiB by default. */
  readonly maxInflatedBytes?: number | undefined;
}

/**
 * Takes the value of the pixel data out of an instance whose dataset is
 * deflated (PS3.5 A.5). It is fed in small pieces, so a dataset that would
 * inflate beyond the limit stops there, and nothing behind the value is inflated.
 *
 * @param object The whole instance.
 * @returns The value's bytes.
 * @throws {LimitError} When the dataset inflates beyond the limit.
 * @throws {DecodeError} When it is corrupt or has no pixel data.
 *
 * @example
 * ```ts
 * import { DecodeError } from "@dicom/series-preview";
 * import { readDeflatedPixelData } from "@dicom/series-preview/dicom";
 * import { assertThrows } from "@std/assert";
 *
 * // The frames of an instance in Deflated Explicit VR Little Endian.
 * function framesOf(object: Uint8Array): Uint8Array {
 *   return readDeflatedPixelData(object, { maxInflatedBytes: 64 * 2 ** 20 });
 * }
 * // One that has no pixel data.
 * const object = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * assertThrows(() => framesOf(object), DecodeError);
 * ```
 */
export function readDeflatedPixelData(
  object: Uint8Array,
  options: InflateOptions = {},
): Uint8Array {
  const { address, maxInflatedBytes = defaultMaxInflatedBytes } = options;
  const result = parseHeader(object, { totalSize: object.length, address });
  if (!result.complete) throw new DecodeError("the instance is cut", { address });
  const tooLong = () =>
    new LimitError(`the dataset inflates to more than ${maxInflatedBytes} bytes`, { address });
  const ends = [...result.header.fileMeta.values()].map(({ offset, length }) => offset + length);
  const bytes = new GrowingBytes();
  const inflate = new Inflate({ raw: true });
  inflate.onData = (inflated: Uint8Array) => bytes.push(inflated);
  const encoding = { explicitVR: true, littleEndian: true };
  const reader = new DatasetReader(bytes, 0, encoding, defaultHeaderLimits, address);
  let needed = 0;
  let end = Infinity;
  for (let at = Math.max(0, ...ends); at < object.length && !inflate.ended; at += inflatePiece) {
    inflate.push(object.subarray(at, at + inflatePiece), syncFlush);
    if (inflate.err) throw new DecodeError("the deflated dataset is corrupt", { address });
    if (reader.pixelData === null && bytes.length >= needed) {
      needed = reader.read(inflate.ended ? bytes.length : null) ?? 0;
      end = valueEnd(reader.pixelData);
      // What it claims is known before it is there.
      if (end < Infinity && end > maxInflatedBytes) throw tooLong();
    }
    if (bytes.length >= end) break;
    if (bytes.length > maxInflatedBytes) throw tooLong();
  }
  if (reader.pixelData === null) {
    throw new DecodeError("the deflated dataset is cut before its pixel data", { address });
  }
  return bytes.view().subarray(reader.pixelData.offset, Math.min(end, bytes.length));
}

/** Where the value ends; infinity where only a delimiter tells, or it is not known yet. */
function valueEnd(pixelData: PixelDataHead | null): number {
  return pixelData === null || pixelData.length === null
    ? Infinity
    : pixelData.offset + pixelData.length;
}
