import type { DicomHeader } from "../dicom/dicom_header.ts";
import { defaultHeaderLimits, type HeaderLimits } from "../dicom/header_limits.ts";
import { HeaderReader } from "../dicom/header_reader.ts";
import { ObjectChangedError, ProtocolError } from "../errors.ts";
import type { HeaderSizes, SeenHeader } from "./header_sizes.ts";
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

/** Options of {@linkcode readHeader}. */
export interface ReadHeaderOptions extends ReadOptions {
  /** Where the header ends in bytes, when that is known. */
  readonly expected?: number | null | undefined;
  /** What the reads of this series have learned; read and written. */
  readonly learned?: HeaderSizes | undefined;
  /** Size of the object in bytes as a listing tells it; it is proved before it is relied on. */
  readonly listedSize?: number | null | undefined;
  /** Instances of the series whose headers are to be read; 1 by default. */
  readonly instances?: number | undefined;
  /** Limits on the header. */
  readonly limits?: Partial<HeaderLimits> | undefined;
}

/** Bytes behind the longest header that show that it ends. */
const headRoom = 1024;
/** A deflated header tells no more of where the pixels are than that their element's head follows. */
const pixelDataHead = 12;

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
  const { signal, limits, learned, listedSize = null, instances } = options;
  const url = store.url(key);
  const reader = new HeaderReader({ limits, address: url });
  const { maxHeaderBytes = defaultHeaderLimits.maxHeaderBytes } = limits ?? {};
  let etag = options.etag ?? null;
  let totalSize: number | null = null;
  let fetched = 0;
  let bytesNeeded = 0;
  for (let requests = 0;; requests++) {
    // No step of the ladder reaches beyond what a header may have.
    const end = Math.min(totalSize ?? Infinity, maxHeaderBytes + headRoom);
    const progress = { fetched, requests, bytesNeeded, totalSize: end, instances };
    const expected = options.expected ?? learned?.expect(listedSize, fetched) ?? null;
    const range = planHeaderRange(progress, expected);
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
      learned?.add(toSeen(header, totalSize), listedSize);
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

/** What a header tells of others. */
function toSeen({ pixelData, headerLength }: DicomHeader, size: number | null): SeenHeader {
  if (pixelData === null) return { length: headerLength, size, ending: "none" };
  const length = pixelData.offset ?? headerLength + pixelDataHead;
  return { length, size, ending: pixelData.length === null ? "other" : "native" };
}
