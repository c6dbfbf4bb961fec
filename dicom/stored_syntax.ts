import { hasNativeLength, isNative } from "./frame_layout.ts";
import type { ImageDescription } from "./image_description.ts";
import { encapsulatedUncompressed, explicitLittleEndian } from "./transfer_syntax.ts";

/** An item's tag, (FFFE,E000), as little endian bytes. */
const itemTag: readonly number[] = [0xfe, 0xff, 0x00, 0xe0];

/**
 * Tells the transfer syntax that pixel data is in, whatever its instance says:
 * some writers put native frames into fragments, others leave them native where
 * they name a compressed syntax.
 *
 * Native frames are as long as the image takes. Only where the length does not
 * bear the header's syntax out does the first item tell, which fragments begin
 * with and pixels do not.
 *
 * @param valueLength Length of the value of the pixel data in bytes, as its element gives it; null
 * when that is not known.
 * @param start The value's first bytes, 4 of them at least where it has as many; null while they
 * have not been read.
 * @returns The UID of the syntax to locate and decode frames by; null when it takes the first bytes
 * to tell.
 */
export function storedSyntax(
  description: ImageDescription,
  valueLength: number | null,
  start: Uint8Array,
): string;
export function storedSyntax(
  description: ImageDescription,
  valueLength: number | null,
  start: Uint8Array | null,
): string | null;
export function storedSyntax(
  description: ImageDescription,
  valueLength: number | null,
  start: Uint8Array | null,
): string | null {
  const { transferSyntaxUID } = description;
  const native = isNative(description);
  const nativeLength = valueLength !== null && hasNativeLength(description, valueLength);
  if (native === nativeLength) return transferSyntaxUID;
  if (start === null) return null;
  const fragments = itemTag.every((byte, i) => start[i] === byte);
  if (native) return fragments ? encapsulatedUncompressed : transferSyntaxUID;
  return fragments ? transferSyntaxUID : explicitLittleEndian;
}
