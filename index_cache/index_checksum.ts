import { InvalidIndexError } from "../errors.ts";

/** The key of the checksum among the key-value metadata. */
export const CHECKSUM_KEY = "checksum_sha256";

/** What the checksum's digits are while the checksum is taken. */
export const CHECKSUM_PLACEHOLDER: string = "0".repeat(64);

/** What is before the checksum's digits. */
const PATTERN = new TextEncoder().encode(`${CHECKSUM_KEY}\x18\x40`);

/** The end of a Parquet file: the footer's length, then `PAR1`. */
const TAIL_LENGTH = 8;

/**
 * Where the checksum's 64 digits are in a Parquet file; -1 when nowhere.
 *
 * The footer is written in Thrift's compact protocol, in which a text is its length as a varint and
 * its plain bytes. After the key come the field header and length (0x18 0x40) of its value.
 */
function findDigits(bytes: Uint8Array): number {
  if (bytes.length < TAIL_LENGTH) return -1;
  const footerEnd = bytes.length - TAIL_LENGTH;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const footerStart = footerEnd - view.getUint32(footerEnd, true);
  if (footerStart < 0) return -1;
  const last = footerEnd - CHECKSUM_PLACEHOLDER.length - PATTERN.length;
  let start = bytes.indexOf(PATTERN[0]!, footerStart);
  while (start >= 0 && start <= last) {
    if (PATTERN.every((byte, i) => bytes[start + i] === byte)) return start + PATTERN.length;
    start = bytes.indexOf(PATTERN[0]!, start + 1);
  }
  return -1;
}

async function digest(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as BufferSource)).toHex();
}

/** Writes the SHA-256 of a Parquet file in place of the placeholder that it holds. */
export async function sealIndex(bytes: Uint8Array): Promise<void> {
  const start = findDigits(bytes);
  const end = start + CHECKSUM_PLACEHOLDER.length;
  if (start < 0 || new TextDecoder().decode(bytes.subarray(start, end)) !== CHECKSUM_PLACEHOLDER) {
    throw new InvalidIndexError("the Parquet writer left no room for the checksum");
  }
  bytes.set(new TextEncoder().encode(await digest(bytes)), start);
}

/**
 * Compares a file with its checksum, before anything of it is parsed.
 *
 * @throws {InvalidIndexError} When the file has none, or another one than its bytes.
 */
export async function verifyIndex(bytes: Uint8Array): Promise<void> {
  const start = findDigits(bytes);
  if (start < 0) throw new InvalidIndexError("the index is cut, or another program wrote it");
  const end = start + CHECKSUM_PLACEHOLDER.length;
  const digits = bytes.slice(start, end);
  // The digest is of a copy that is made at once, before anyone can see the digits gone.
  bytes.set(new TextEncoder().encode(CHECKSUM_PLACEHOLDER), start);
  const pending = digest(bytes);
  bytes.set(digits, start);
  if (new TextDecoder().decode(digits) !== await pending) {
    throw new InvalidIndexError("the index is damaged");
  }
}
