import type { DicomHeader } from "../dicom/dicom_header.ts";
import { parseHeader } from "../dicom/parse_header.ts";
import { InvalidHeaderError } from "../errors.ts";
import type { ReadHeaderOptions, RetrievedHeader } from "./read_header.ts";
import type { Store } from "./store.ts";

/** The part of a whole object that its header is looked for in first. */
const usualHeader = 64 * 1024;

/** Reads a whole object by one request, and the header in it. */
export async function readInstance(
  store: Store,
  key: string,
  options: Pick<ReadHeaderOptions, "signal" | "limits"> = {},
): Promise<RetrievedHeader & { readonly bytes: Uint8Array }> {
  const { signal, limits } = options;
  const url = store.url(key);
  const { bytes, etag } = await store.get(key, { signal });
  return { url, header: headerOf(bytes, url, limits), size: bytes.length, etag, bytes };
}

/** The header of a whole object; mostly no more than its first bytes are copied for it. */
function headerOf(
  bytes: Uint8Array,
  address: string,
  limits: ReadHeaderOptions["limits"],
): DicomHeader {
  const options = { totalSize: bytes.length, limits, address };
  for (const part of [bytes.subarray(0, usualHeader), bytes]) {
    const result = parseHeader(part, options);
    if (result.complete) return result.header;
  }
  throw new InvalidHeaderError(`${address} ends inside its header; fetch it anew`, { address });
}
