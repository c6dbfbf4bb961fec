import { DecodeError, ObjectChangedError } from "../errors.ts";
import type { PixelSource } from "./pixel_source.ts";
import type { Store, StoreReply } from "./store.ts";

/**
 * Reads a range of an instance, all of it.
 *
 * @returns Its bytes, and what the reply told of the object.
 * @throws {DecodeError} When the object ends before the range does.
 * @throws {ObjectChangedError} When the object is another than the one first seen.
 */
export async function readPixelRange(
  store: Store,
  { url, key, fileSize, etag }: PixelSource,
  offset: number,
  length: number,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<StoreReply> {
  if (fileSize !== null && offset + length > fileSize) throw cut(url, offset + length, fileSize);
  const reply = await store.getRange(key, { offset, length }, { ...options, etag });
  const { totalSize } = reply;
  if (fileSize !== null && totalSize !== null && totalSize !== fileSize) {
    throw new ObjectChangedError(
      `the object has ${totalSize} bytes, not the ${fileSize} it had when its header was read`,
      { address: url },
    );
  }
  if (reply.bytes.length < length) {
    throw cut(url, offset + length, totalSize ?? offset + reply.bytes.length);
  }
  return reply;
}

function cut(url: string, needed: number, size: number): DecodeError {
  return new DecodeError(
    `the object is cut: its pixel data takes ${needed} bytes, the object has ${size}`,
    { address: url },
  );
}
