/** Counters of what was read; the stores add to them as they go. */
export interface TransferStats {
  /** Requests made, listings and retries included; for a local store, reads and listings. */
  requests: number;
  /** Requests made again after a failure. */
  retries: number;
  /** Bytes of bodies received. */
  bytesFetched: number;
}

/**
 * Makes counters that stand at zero.
 *
 * @example
 * ```ts
 * import { createTransferStats, MemoryStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const stats = createTransferStats();
 * const store = new MemoryStore(new Map([["1.dcm", new Uint8Array(9)]]), { stats });
 * await store.getRange("1.dcm", { offset: 0, length: 4 });
 * assertEquals(stats, { requests: 1, retries: 0, bytesFetched: 4 });
 * ```
 */
export function createTransferStats(): TransferStats {
  return { requests: 0, retries: 0, bytesFetched: 0 };
}
