import { parseHeader } from "../dicom/parse_header.ts";
import type { Store } from "../retriever/store.ts";

const chunks = [5120, 7680, 10240];

/**
 * Reads a header by the fixed ladder: a HEAD for the size, then chunk by
 * chunk, then the rest of the object. The strategy to compare with.
 *
 * @returns How many requests it took and how many bytes came.
 */
export async function readByFixedLadder(
  store: Store,
  key: string,
): Promise<{ requests: number; bytes: number }> {
  const { totalSize } = await store.getRange(key, { offset: 0, length: 1 });
  const size = totalSize!;
  const head = new Uint8Array(size);
  let fetched = 0;
  let requests = 1;
  for (let step = 0;; step++) {
    const length = Math.min(chunks[step] ?? size, size - fetched);
    const { bytes } = await store.getRange(key, { offset: fetched, length });
    requests++;
    head.set(bytes, fetched);
    fetched += bytes.length;
    if (parseHeader(head.subarray(0, fetched), { totalSize: size }).complete) break;
  }
  return { requests, bytes: fetched };
}
