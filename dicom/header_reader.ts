import { Inflate } from "pako";
import { InvalidHeaderError, LimitError } from "../errors.ts";
import { DatasetReader } from "./dataset_reader.ts";
import type { DicomElement, DicomHeader } from "./dicom_header.ts";
import {
  ElementHead,
  type Encoding,
  readUint16,
  readUint32,
  readVr,
  undefinedLength,
} from "./element_head.ts";
import { findDataset } from "./find_dataset.ts";
import { GrowingBytes } from "./growing_bytes.ts";
import { defaultHeaderLimits, type HeaderLimits } from "./header_limits.ts";
import { Tag, tagText } from "./tag.ts";
import { explicitLittleEndian, implicitLittleEndian, transferSyntax } from "./transfer_syntax.ts";
import { isKnownVr, vrName } from "./vr_code.ts";

/** Options of {@linkcode HeaderReader} and of `parseHeader`. */
export interface HeaderReaderOptions {
  /** Limits to apply in place of the defaults. */
  readonly limits?: Partial<HeaderLimits> | undefined;
  /** The instance's address, for errors. */
  readonly address?: string | undefined;
}

/** What a reader says of the bytes it has: a complete header, or how many bytes it takes at least. */
export type HeaderResult =
  | { readonly complete: true; readonly header: DicomHeader }
  | { readonly complete: false; readonly bytesNeeded: number };

/** `pako`'s flush mode that gives out all that can be inflated so far. */
const syncFlush = 2;
/** Deflate grows its input 1032-fold at most, so a piece inflates to 1 MiB at most before the limit is looked at. */
const inflatePiece = 1024;
/** UIDs have at most 64 characters (PS3.5 section 9.1). */
const maxUidLength = 64;

/** What stands for no room that would tell the length of an element without a value representation. */
const noRoom = -1;

const explicitLittle: Encoding = { explicitVR: true, littleEndian: true };

/**
 * Reads a header as its bytes come in, never going back: an element is taken
 * when all of it is there, and reading resumes where it stopped.
 *
 * A header is complete at the top-level pixel data element, or at the end of
 * the object.
 *
 * @example
 * ```ts
 * import { HeaderReader } from "@dicom/series-preview/dicom";
 * import { assert, assertEquals } from "@std/assert";
 *
 * // Modality (0008,0060), implicit VR little endian, in two pieces.
 * const bytes = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * const reader = new HeaderReader();
 * assertEquals(reader.append(bytes.subarray(0, 7), 10), { complete: false, bytesNeeded: 10 });
 * const result = reader.append(bytes.subarray(7), 10);
 * assert(result.complete && result.header.dataset.has(0x00080060));
 * ```
 */
export class HeaderReader {
  readonly #limits: HeaderLimits;
  readonly #address: string | undefined;
  readonly #bytes = new GrowingBytes();
  readonly #fileMeta = new Map<number, DicomElement>();
  #position = 0;
  #phase: "start" | "meta" | "dataset" = "start";
  #received = 0;
  #totalSize: number | null = null;
  #metaEnd: number | null = null;
  #transferSyntaxUID: string | null = null;
  #metaCount = 0;
  #metaSyntax: string | null = null;
  #inflate: Inflate | null = null;
  /** Bytes of the object before its deflated dataset. */
  #deflateStart = 0;
  /** Bytes of the deflated dataset that have been inflated. */
  #inflated = 0;
  #dataset: DatasetReader | null = null;
  #header: DicomHeader | null = null;

  /** Starts a reader that has no bytes yet. */
  constructor(options: HeaderReaderOptions = {}) {
    this.#limits = { ...defaultHeaderLimits, ...options.limits };
    this.#address = options.address;
  }

  /**
   * Takes the next bytes of the object.
   *
   * @param chunk The bytes that follow the ones already given.
   * @param totalSize Size of the whole object, or null while it is not known.
   * @returns The header, or how many bytes of the object it takes at least.
   * @throws {NotDicomError} When the object is no DICOM.
   * @throws {InvalidHeaderError} When the header breaks a rule, or the object ends inside it.
   * @throws {LimitError} When a limit is reached.
   */
  append(chunk: Uint8Array, totalSize: number | null): HeaderResult {
    if (this.#header !== null) return { complete: true, header: this.#header };
    this.#received += chunk.length;
    this.#totalSize = totalSize;
    let needed: number | null;
    if (this.#inflate === null) {
      this.#bytes.push(chunk);
      needed = this.#run();
    } else {
      needed = this.#runInflated(chunk);
    }
    if (needed === null) {
      return { complete: true, header: this.#header = this.#finish() };
    }
    return { complete: false, bytesNeeded: needed };
  }

  /** Reads on; answers null when the header is complete, else the bytes of the object that it takes. */
  #run(): number | null {
    if (this.#phase === "start") {
      const start = findDataset(this.#bytes.view(), this.#totalSize, this.#address);
      if (typeof start === "number") return start;
      this.#position = start.offset;
      this.#transferSyntaxUID = start.transferSyntaxUID;
      this.#phase = "meta";
    }
    if (this.#phase === "meta") {
      const needed = this.#readFileMeta();
      if (needed !== null) return this.#need(needed);
      this.#phase = "dataset";
      if (this.#inflate !== null) return this.#runInflated(this.#bytes.cut(this.#position));
    }
    const needed = this.#dataset!.read(this.#datasetEnd());
    if (needed !== null) return this.#need(needed);
    const { position } = this.#dataset!;
    if (position > this.#limits.maxHeaderBytes) this.#tooLong(position);
    return null;
  }

  /** Inflates piece by piece, reading as it goes, so that nothing beyond the header is inflated. */
  #runInflated(chunk: Uint8Array): number | null {
    const inflate = this.#inflate!;
    for (let offset = 0; offset < chunk.length && !inflate.ended;) {
      // Pieces end at the same bytes of the object however it comes in.
      const end = offset + inflatePiece - this.#inflated % inflatePiece;
      const piece = chunk.subarray(offset, end);
      inflate.push(piece, syncFlush);
      if (inflate.err) {
        this.#fail(`the deflated dataset is corrupt (${inflate.msg || inflate.err})`);
      }
      this.#inflated += piece.length;
      if (this.#run() === null) return null;
      offset = end;
    }
    if (!inflate.ended && this.#received === this.#totalSize) {
      this.#fail("the object ends inside its deflated dataset");
    }
    return this.#run();
  }

  /** Where the dataset ends, once that is known. */
  #datasetEnd(): number | null {
    if (this.#inflate === null) return this.#totalSize;
    return this.#inflate.ended ? this.#bytes.length : null;
  }

  /** Turns an offset that must be there into bytes of the object, or fails when the object ends before it. */
  #need(offset: number): number {
    if (offset > this.#limits.maxHeaderBytes) this.#tooLong(offset);
    const end = this.#datasetEnd();
    if (end !== null && offset > end) {
      this.#fail(`the object ends inside its header, which needs ${offset} bytes of its ${end}`);
    }
    if (this.#inflate !== null) return this.#received + 1;
    return offset;
  }

  /** Reads group 0002, which is explicit VR little endian whatever follows; answers an offset it needs. */
  #readFileMeta(): number | null {
    const bytes = this.#bytes.view();
    const head = new ElementHead();
    for (;;) {
      const start = this.#position;
      const available = bytes.length - start;
      if (start === this.#datasetEnd()) break;
      if (available < 2) return start + 2;
      const deflated = this.#metaSyntax !== null && transferSyntax(this.#metaSyntax).deflated;
      const pastLength = this.#metaEnd !== null && start >= this.#metaEnd;
      // Deflated bytes can look like group 0002; then only the group length tells.
      if (readUint16(bytes, start, true) !== 0x0002 || (deflated && pastLength)) break;
      const missing = head.read(bytes, start, available, explicitLittle, 0, noRoom, false);
      if (missing > 0) return start + missing;
      const { tag, length } = head;
      if (length === undefinedLength) this.#fail(`${tagText(tag)} has no length`);
      const offset = start + head.size;
      if (offset + length > bytes.length) return offset + length;
      const { maxAttributes, maxElements } = this.#limits;
      const most = Math.min(maxAttributes, maxElements);
      if (++this.#metaCount > most) {
        const message = `the file meta has more than ${most} elements`;
        throw new LimitError(message, { address: this.#address });
      }
      this.#fileMeta.set(tag, { tag, vr: vrName(head.vr), offset, length });
      this.#position = offset + length;
      if (tag === Tag.FileMetaInformationGroupLength && length === 4) {
        this.#metaEnd = this.#position + readUint32(bytes, offset, true);
      }
      if (tag === Tag.TransferSyntaxUID) this.#metaSyntax = this.#readUid(offset, length);
    }
    return this.#openDataset(bytes);
  }

  #readUid(offset: number, length: number): string | null {
    const end = offset + Math.min(length, maxUidLength);
    const text = String.fromCharCode(...this.#bytes.view().subarray(offset, end));
    return text.replace(/[\0 ]+$/, "") || null;
  }

  /** Settles the transfer syntax and opens the dataset; answers an offset it needs. */
  #openDataset(bytes: Uint8Array): number | null {
    const start = this.#position;
    let uid = this.#metaSyntax ?? this.#transferSyntaxUID;
    let syntax = transferSyntax(uid ?? explicitLittleEndian);
    if (syntax.deflated) {
      this.#deflateStart = start;
      this.#inflate = new Inflate({ raw: true });
      this.#inflate.onData = (inflated: Uint8Array) => this.#bytes.push(inflated);
    } else if (start !== this.#datasetEnd()) {
      if (this.#bytes.length < start + 6) return start + 6;
      // The first element shows when a writer's file meta is not true, or missing.
      const explicitVR = isKnownVr(readVr(bytes, start));
      if (syntax.littleEndian && !syntax.encapsulated && explicitVR !== syntax.explicitVR) {
        uid = explicitVR ? explicitLittleEndian : implicitLittleEndian;
        syntax = transferSyntax(uid);
      }
    }
    this.#transferSyntaxUID = uid ?? syntax.uid;
    this.#dataset = new DatasetReader(this.#bytes, start, syntax, this.#limits, this.#address);
    return null;
  }

  #finish(): DicomHeader {
    const syntax = transferSyntax(this.#transferSyntaxUID!);
    const { elements, isEmpty, position, pixelData } = this.#dataset!;
    if (isEmpty && pixelData === null) this.#fail("the object has no dataset");
    const deflated = this.#inflate !== null;
    return {
      bytes: this.#bytes.view().subarray(0, position),
      fileMeta: this.#fileMeta,
      dataset: elements,
      transferSyntaxUID: syntax.uid,
      littleEndian: syntax.littleEndian,
      headerLength: deflated ? this.#deflatedLength() : position,
      totalSize: this.#totalSize,
      // A deflated dataset's offsets are not the object's.
      pixelData: deflated && pixelData ? { ...pixelData, offset: null, length: null } : pixelData,
    };
  }

  /** Where the piece ends that the header ends in. */
  #deflatedLength(): number {
    const pieces = Math.ceil(this.#inflated / inflatePiece);
    const end = this.#deflateStart + pieces * inflatePiece;
    return Math.min(end, this.#totalSize ?? end);
  }

  #tooLong(bytes: number): never {
    throw new LimitError(
      `the header needs ${bytes} bytes, more than the limit of ${this.#limits.maxHeaderBytes}`,
      { address: this.#address },
    );
  }

  #fail(message: string): never {
    throw new InvalidHeaderError(message, { address: this.#address });
  }
}
