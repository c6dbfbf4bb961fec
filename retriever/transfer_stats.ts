/** Counters of what was read; the stores add to them as they go. */
export interface TransferStats {
  /** Requests made, listings and retries included; for a local store, reads and listings. */
  requests: number;
  /** Requests made again after a failure. */
  retries: number;
  /** Bytes of bodies received. */
  bytesFetched: number;
}

/** Makes counters that stand at zero. */
export function createTransferStats(): TransferStats {
  return { requests: 0, retries: 0, bytesFetched: 0 };
}
