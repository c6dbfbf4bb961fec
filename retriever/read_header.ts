import { type DicomHeader, HeaderReader } from "../dicom/mod.ts";
import type { HeaderLimits } from "../dicom/mod.ts";
import { ObjectChangedError, ProtocolError } from "../errors.ts";
import { planHeaderRange } from "./plan_header_range.ts";
import type { ReadOptions, Store } from "./store.ts";

/** A header and what came with it. */
export interface RetrievedHeader {
  /** The instance's absolute address. */
  readonly url: string;
  /** The header. */
  readonly header: DicomHeader;
  /** Size of the object in bytes; null when no reply told it. */
  readonly size: number | null;
  /** The object's ETag; null when no reply told it. */
  readonly etag: string | null;
}

/** What has been learned of the headers of a series; shared by the reads of one. */
export interface LearnedHeaderSize {
  /** Bytes that the longest header seen so far took, or null before the first. */
  longest: number | null;
  /** Whether that was the header of an image. */
  ofImage?: boolean;
}

/** Options of {@linkcode readHeader}. */
export interface ReadHeaderOptions extends ReadOptions {
  /** What the reads of this series have learned; read and written. */
  readonly learned?: LearnedHeaderSize | undefined;
  /** Limits on the header. */
  readonly limits?: Partial<HeaderLimits> | undefined;
}

/** The head of the pixel data element after a header is read too: it tells where the pixels are. */
const pixelDataHead = 12;
/** Longest header of an instance without pixel data that others are expected to be like. */
const longestImageless = 20 * 1024;

/**
 * Reads an instance's header in as few range requests as it takes, no byte
 * twice. The object's size comes with the first reply; there is no HEAD.
 *
 * @param store The store that holds the instance.
 * @param key The instance's key.
 * @throws {NotDicomError} When the object is no DICOM.
 * @throws {InvalidHeaderError} When the header breaks a rule, or the object ends inside it.
 * @throws {LimitError} When the header is longer than its limit.
 * @throws {ObjectChangedError} When the object changes between two ranges.
 * @throws {ProtocolError} When a reply brings nothing where bytes should be.
 *
 * @example
 * ```ts
 * import { MemoryStore, readHeader } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const instance = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * const store = new MemoryStore(new Map([["a.dcm", instance]]));
 * const { size } = await readHeader(store, "a.dcm");
 * assertEquals(size, 10);
 * ```
 */
export async function readHeader(
  store: Store,
  key: string,
  options: ReadHeaderOptions = {},
): Promise<RetrievedHeader> {
  const { signal, limits, learned = { longest: null } } = options;
  const url = store.url(key);
  const reader = new HeaderReader({ limits, address: url });
  let etag = options.etag ?? null;
  let totalSize: number | null = null;
  let fetched = 0;
  let bytesNeeded = 0;
  for (let requests = 0;; requests++) {
    const range = planHeaderRange({ fetched, requests, bytesNeeded, totalSize }, learned.longest);
    const reply = await store.getRange(key, range, { signal, etag });
    const { bytes } = reply;
    if (totalSize !== null && reply.totalSize !== null && reply.totalSize !== totalSize) {
      throw new ObjectChangedError(
        `the object changed from ${totalSize} to ${reply.totalSize} bytes while its header was read`,
        { address: url },
      );
    }
    fetched += bytes.length;
    etag ??= reply.etag;
    // Where no reply tells the size, only one without a byte shows where the object ends.
    totalSize ??= reply.totalSize ?? (bytes.length === 0 ? fetched : null);
    const result = reader.append(bytes, totalSize);
    if (result.complete) {
      const { header } = result;
      learn(learned, header);
      return { url, header, size: totalSize, etag };
    }
    if (bytes.length === 0) {
      throw new ProtocolError(
        `no bytes came from ${fetched} on, where the object should have ${totalSize}`,
        { address: url },
      );
    }
    bytesNeeded = result.bytesNeeded;
  }
}

/**
 * Learns from a header. What has no pixel data is header to its end, so one long directory or
 * structure set must not make every other read as long: it counts only until an image is met, and
 * only up to what the ladder would have reached.
 */
function learn(learned: LearnedHeaderSize, { pixelData, headerLength }: DicomHeader): void {
  const length = headerLength + pixelDataHead;
  if (pixelData === null) {
    if (learned.ofImage || length > longestImageless) return;
    learned.longest = Math.max(learned.longest ?? 0, length);
  } else {
    learned.longest = learned.ofImage ? Math.max(learned.longest ?? 0, length) : length;
    learned.ofImage = true;
  }
}
