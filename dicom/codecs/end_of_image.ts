/** The marker EOI that ends a JPEG or JPEG-LS stream, and, as EOC, one of JPEG 2000. */
export const endOfImage: readonly number[] = [0xff, 0xd9];

/**
 * Finds the end marker of a stream, behind which one byte may pad it to an even length.
 *
 * @returns The offset behind the marker, or null where it is missing.
 */
export function findEndOfImage(bytes: Uint8Array): number | null {
  for (const end of [bytes.length, bytes.length - 1]) {
    if (endOfImage.every((byte, i) => bytes[end - endOfImage.length + i] === byte)) return end;
  }
  return null;
}

/** Appends the end marker to a stream. */
export function appendEndOfImage(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const ended = new Uint8Array(bytes.length + endOfImage.length);
  ended.set(bytes);
  ended.set(endOfImage, bytes.length);
  return ended;
}
