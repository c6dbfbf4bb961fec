import { InvalidHeaderError, NotDicomError } from "../errors.ts";
import { readTag, readUint32, readVr } from "./element_head.ts";
import {
  explicitBigEndian,
  explicitLittleEndian,
  implicitLittleEndian,
} from "./transfer_syntax.ts";
import { isKnownVr } from "./vr_code.ts";

/** Where the first element of an object stands. */
export interface DatasetStart {
  /** Offset of the first element. */
  readonly offset: number;
  /** The transfer syntax that a dataset without file meta looks to be in; null where file meta may follow. */
  readonly transferSyntaxUID: string | null;
}

/** Bytes before the first element of a PS3.10 file: a preamble of 128 and `DICM`. */
const prefixEnd = 132;

/**
 * Finds the first element of an object: after the preamble and `DICM`
 * (PS3.10 section 7.1), or at once where a writer left them out.
 *
 * @returns The start, or how many bytes it takes to tell.
 * @throws {NotDicomError} When the bytes are no DICOM.
 * @throws {InvalidHeaderError} When they are a program too.
 */
export function findDataset(
  bytes: Uint8Array,
  totalSize: number | null,
  address?: string,
): DatasetStart | number {
  if (bytes.length < prefixEnd && (totalSize === null || bytes.length < totalSize)) {
    return totalSize === null ? prefixEnd : Math.min(prefixEnd, totalSize);
  }
  if (String.fromCharCode(...bytes.subarray(128, prefixEnd)) === "DICM") {
    const groupEnd = Math.min(prefixEnd + 2, totalSize ?? Infinity);
    if (bytes.length < groupEnd) return groupEnd;
    // The four letters may also be in a value of a dataset that starts at once.
    if (startsWithUsualGroup(bytes) || guessTransferSyntax(bytes) === null) {
      requireHarmlessPreamble(bytes, address);
      return { offset: prefixEnd, transferSyntaxUID: null };
    }
  }
  const uid = guessTransferSyntax(bytes);
  if (uid !== null) return { offset: 0, transferSyntaxUID: uid === fileMeta ? null : uid };
  throw new NotDicomError(
    bytes.length === 0
      ? "the object is empty"
      : "not DICOM: no DICM prefix after the preamble, and no dataset at the start",
    { address },
  );
}

/** How programs start: for Windows, Linux, macOS (either byte order, or several in one), and scripts. */
const executables: readonly (readonly [magic: string, name: string])[] = [
  ["MZ", "a Windows program"],
  ["\x7fELF", "a Linux program"],
  ["\xfe\xed\xfa\xce", "a macOS program"],
  ["\xfe\xed\xfa\xcf", "a macOS program"],
  ["\xce\xfa\xed\xfe", "a macOS program"],
  ["\xcf\xfa\xed\xfe", "a macOS program"],
  ["\xca\xfe\xba\xbe", "a program"],
  ["#!", "a script"],
];

/**
 * Refuses a file that is a program too. Its preamble is free for other uses (PS3.10 section 7.1), as
 * a TIFF file is one; a program is none of them.
 */
function requireHarmlessPreamble(bytes: Uint8Array, address: string | undefined): void {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  const found = executables.find(([magic]) => start.startsWith(magic));
  if (found === undefined) return;
  throw new InvalidHeaderError(
    `the preamble is that of ${found[1]}: the file may be malware; ` +
      "it can be read once its first 128 bytes are set to zero",
    { address },
  );
}

const fileMeta = "file meta";

/** Tells the syntax of a dataset that starts at offset 0 from its first element, which is in group 0002 or 0008. */
function guessTransferSyntax(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return null;
  const vr = readVr(bytes, 0);
  if (startsDataset(readTag(bytes, 0, false)) && isKnownVr(vr)) return explicitBigEndian;
  const tag = readTag(bytes, 0, true);
  const inFileMeta = tag >>> 16 === 0x0002 && (tag & 0xffff) <= 0x0102;
  if (!inFileMeta && !startsDataset(tag)) return null;
  if (isKnownVr(vr)) return inFileMeta ? fileMeta : explicitLittleEndian;
  const length = readUint32(bytes, 4, true);
  if (length > 1024 || length % 2 !== 0) return null;
  // Some writers leave file meta implicit, as the dataset is.
  return inFileMeta ? fileMeta : implicitLittleEndian;
}

/** Whether file meta, a directory or an identification follows the prefix, in either byte order. */
function startsWithUsualGroup(bytes: Uint8Array): boolean {
  const [first, second] = bytes.subarray(prefixEnd);
  const group = first === 0 ? second : second === 0 ? first : undefined;
  return group === 2 || group === 4 || group === 8;
}

function startsDataset(tag: number): boolean {
  return tag >>> 16 === 0x0008 && (tag & 0xffff) <= 0x0070;
}
