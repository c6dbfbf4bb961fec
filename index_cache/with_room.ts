/** Unsigned integers of some width, in a buffer of their own. */
export type UintArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

/**
 * A typed array with room for at least as many elements, and its elements so far. The array given is
 * empty afterwards where it had too few: what it held is moved, not left to be collected some day.
 */
export function withRoom<T extends UintArray>(
  array: T,
  length: number,
): T {
  if (length <= array.length) return array;
  const size = Math.max(length, 16, Math.ceil(array.length * 1.5));
  const buffer = array.buffer.transfer(size * array.BYTES_PER_ELEMENT);
  return new (array.constructor as new (buffer: ArrayBuffer) => T)(buffer);
}
