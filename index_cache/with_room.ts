/** Unsigned integers of some width, in a buffer of their own. */
export type UintArray =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;

/** Elements that are made room for at first. */
const LEAST = 16;
/** Elements below which moving them costs more than copying, and than room that is made in vain. */
const SMALL = 512;

/**
 * A typed array with room for at least as many elements, and its elements so far. A long array that
 * had too few is empty afterwards: what it held is moved, not left to be collected some day.
 */
export function withRoom<T extends UintArray>(
  array: T,
  length: number,
): T {
  if (length <= array.length) return array;
  const Typed = array.constructor as new (source: ArrayBuffer | number) => T;
  if (array.length < SMALL) {
    const grown = new Typed(Math.max(length, LEAST, array.length * 2));
    grown.set(array);
    return grown;
  }
  const size = Math.max(length, Math.ceil(array.length * 1.5));
  return new Typed(array.buffer.transfer(size * array.BYTES_PER_ELEMENT));
}
