import { InvalidHeaderError } from "../errors.ts";
import type { DicomElements } from "./dicom_header.ts";
import { ElementBudget } from "./element_budget.ts";
import {
  ElementHead,
  type Encoding,
  readTag,
  readUint16,
  readUint32,
  undefinedLength,
  unknownItemEncoding,
  unknownLittle,
} from "./element_head.ts";
import { ElementMap } from "./element_map.ts";
import { ElementTable } from "./element_table.ts";
import type { GrowingBytes } from "./growing_bytes.ts";
import type { HeaderLimits } from "./header_limits.ts";
import type { Scope } from "./scope.ts";
import { ScopeStack } from "./scope_stack.ts";
import type { PixelDataHead } from "./pixel_data_head.ts";
import { isPixelDataTag, Tag, tagText } from "./tag.ts";
import { noVr, Vr, vrName } from "./vr_code.ts";

/** A step's outcome: it went on, the header is complete, or it needs bytes up to an offset. */
type Step = number;
const on: Step = -1;
const complete: Step = -2;

/**
 * Reads a dataset's elements up to its pixel data, resuming where it stopped
 * when bytes were missing.
 *
 * Sequences are held on a stack of the reader's own, so nesting costs no call
 * depth.
 */
export class DatasetReader {
  readonly #bytes: GrowingBytes;
  readonly #address: string | undefined;
  readonly #scopes: ScopeStack;
  readonly #budget: ElementBudget;
  readonly #table: ElementTable;
  readonly #head = new ElementHead();
  readonly #unreadableSequences = new Set<number>();
  #position: number;
  #pixelRepresentation = 0;
  #pixelData: PixelDataHead | null = null;

  /** Starts at the dataset's first element. */
  constructor(
    bytes: GrowingBytes,
    position: number,
    encoding: Encoding,
    limits: HeaderLimits,
    address: string | undefined,
  ) {
    this.#bytes = bytes;
    this.#position = position;
    this.#address = address;
    this.#budget = new ElementBudget(limits, address);
    this.#table = new ElementTable(bytes.length);
    this.#scopes = new ScopeStack(encoding, limits, address);
  }

  /** The top-level elements read so far. */
  get elements(): DicomElements {
    return new ElementMap(this.#table, 0, this.#table.length);
  }

  /** Whether no element was read so far. */
  get isEmpty(): boolean {
    return this.#table.length === 0;
  }

  /** The offset up to which bytes have been read. */
  get position(): number {
    return this.#position;
  }

  /** The pixel data element that ended the header; null when the object's end did. */
  get pixelData(): PixelDataHead | null {
    return this.#pixelData;
  }

  /**
   * Reads on.
   *
   * @param end Where the dataset ends, or null while that is not known.
   * @returns The offset up to which bytes must be there, or null when the header is complete.
   */
  read(end: number | null): number | null {
    this.#scopes.dataset.end = end;
    const bytes = this.#bytes.view();
    for (;;) {
      const step = this.#readOn(bytes);
      if (step === complete) return null;
      if (step === on) continue;
      // The whole of an outer sequence must come anyway.
      return Math.max(step, this.#scopes.outerEnd);
    }
  }

  /** Reads element heads, item heads and ends of scopes for as long as they are there, and sound. */
  #readOn(bytes: Uint8Array): Step {
    try {
      for (;;) {
        const scope = this.#scopes.top;
        const step = this.#position === scope.end
          ? this.#close(scope)
          : scope.owner === null
          ? this.#readElement(scope, bytes)
          : this.#readItem(scope, bytes);
        if (step !== on) return step;
      }
    } catch (error) {
      if (!(error instanceof InvalidHeaderError)) throw error;
      // A sequence of known length that holds nonsense spoils itself alone: it is kept as bytes.
      const spoiled = this.#scopes.popBounded();
      if (spoiled === null) throw error;
      this.#position = spoiled.owner!.start;
      this.#unreadableSequences.add(this.#position);
      this.#table.cut(spoiled.row);
      return on;
    }
  }

  /** Ends a scope. */
  #close(scope: Scope, valueEnd: number = this.#position): Step {
    if (scope.kind === "dataset") return complete;
    this.#scopes.pop();
    if (scope.owner === null) {
      this.#table.close(scope.row, noVr, 0);
    } else {
      const vr = scope.kind === "sequence" ? Vr.SQ : this.#table.vr(scope.row);
      this.#table.close(scope.row, vr, valueEnd - scope.owner.offset);
    }
    return on;
  }

  #readElement(scope: Scope, bytes: Uint8Array): Step {
    const start = this.#position;
    const end = this.#endOf(scope);
    const available = Math.min(bytes.length, end) - start;
    const isItem = scope.kind === "item";
    // A dataset's end may be where it was cut, so only an item's can vouch for its last element.
    const exact = isItem && scope.end !== null;
    const head = this.#head;
    const signed = this.#pixelRepresentation;
    const missing = head.read(bytes, start, available, scope.encoding, signed, end - start, exact);
    if (missing > 0) {
      if (start + missing <= end) return start + missing;
      return this.#endOfPadding(scope, bytes, start, end);
    }
    const { tag } = head;
    if (!isItem && isPixelDataTag(tag)) return this.#foundPixelData(head);
    if (tag === Tag.ItemDelimitationItem && isItem && scope.end === null) {
      this.#position += head.size;
      return this.#close(scope);
    }
    if (tag >>> 16 === 0xfffe) return this.#passStray(scope, head, start, end);
    if (scope.kind === "dataset") this.#budget.countAttribute();
    else this.#budget.count();
    return this.#readValue(scope, head, start, end);
  }

  /** Some writers leave behind delimitation items, and items without their sequence's head. */
  #passStray(scope: Scope, { tag, length, size }: ElementHead, start: number, end: number): Step {
    const item = scope.kind === "dataset" && tag === Tag.Item && length !== undefinedLength;
    const next = start + size + (item ? length : 0);
    if ((length !== 0 && !item) || (scope.kind === "item" && scope.end === null) || next > end) {
      this.#fail(`${tagText(tag)} stands where an element should, at byte ${start}`);
    }
    if (next > this.#bytes.length) return next;
    this.#position = next;
    return on;
  }

  #readValue(scope: Scope, head: ElementHead, start: number, end: number): Step {
    const { tag, vr, length, size } = head;
    const offset = start + size;
    if (length === undefinedLength) {
      const binary = vr === Vr.OB || vr === Vr.OW || vr === Vr.OF || vr === Vr.OD;
      if (!binary && vr !== Vr.SQ && vr !== Vr.UN) {
        this.#fail(`${tagText(tag)} of ${vrName(vr)} has no length, at byte ${start}`);
      }
      const bound = end === Infinity ? null : end;
      this.#open(binary ? "fragments" : "sequence", null, bound, scope, start);
      return on;
    }
    const valueEnd = offset + length;
    if (valueEnd > end) {
      const cut = scope.kind === "dataset" ? "the object is cut, or " : "";
      const claim = `${tagText(tag)} claims ${length} bytes at byte ${offset}`;
      this.#fail(`${cut}${claim}, where ${end - offset} are left`);
    }
    const opaque = this.#unreadableSequences.size > 0 && this.#unreadableSequences.has(start);
    if (vr === Vr.SQ && !opaque) {
      this.#open("sequence", valueEnd, valueEnd, scope, start);
      return on;
    }
    if (valueEnd > this.#bytes.length) return valueEnd;
    this.#table.add(tag, opaque ? Vr.UN : vr, offset, length);
    if (scope.kind === "dataset") this.#learn(tag, offset, length);
    this.#position = valueEnd;
    return on;
  }

  /** Takes note of what decides on how the rest is read. */
  #learn(tag: number, offset: number, length: number): void {
    if (tag === Tag.PixelRepresentation && length >= 2) {
      const { littleEndian } = this.#scopes.dataset.encoding;
      this.#pixelRepresentation = readUint16(this.#bytes.view(), offset, littleEndian);
    } else if (tag === Tag.NumberOfFrames) {
      this.#budget.allowFrames(this.#bytes.view().subarray(offset, offset + length));
    }
  }

  #readItem(scope: Scope, bytes: Uint8Array): Step {
    const start = this.#position;
    const scopeEnd = this.#endOf(scope);
    if (start + 8 > scopeEnd) {
      this.#fail(`${tagText(scope.owner!.tag)} ends inside an item head, at byte ${start}`);
    }
    if (start + 8 > bytes.length) return start + 8;
    const { littleEndian } = scope.encoding;
    const tag = readTag(bytes, start, littleEndian);
    const length = readUint32(bytes, start + 4, littleEndian);
    const content = start + 8;
    if (tag === Tag.SequenceDelimitationItem) {
      // A sequence of known length ends there, delimited or not.
      this.#position = scope.end ?? content;
      return this.#close(scope, start);
    }
    if (tag === Tag.ItemDelimitationItem && length === 0 && scope.kind === "sequence") {
      // Some writers end items of known length too.
      this.#position = content;
      return on;
    }
    if (tag !== Tag.Item) {
      this.#fail(`${tagText(tag)} stands where an item should, at byte ${start}`);
    }
    const end = length === undefinedLength ? null : content + length;
    if ((end ?? 0) > scopeEnd) {
      this.#fail(`an item claims ${length} bytes at byte ${content}, more than its sequence has`);
    }
    if (scope.kind === "fragments") {
      if (end === null) this.#fail(`a fragment has no length, at byte ${start}`);
      if (end! > bytes.length) return end!;
      this.#position = end!;
      return on;
    }
    let { encoding } = scope;
    if (encoding === unknownLittle) {
      // The shortest head has 8 bytes, with its value representation at 4 and 5.
      const hasElement = content + 8 <= (end ?? scopeEnd);
      if (hasElement && content + 8 > bytes.length) return content + 8;
      encoding = unknownItemEncoding(bytes, hasElement ? content : null);
    }
    this.#budget.count();
    const row = this.#table.add(Tag.Item, noVr, content, 0);
    const bound = end ?? (scopeEnd === Infinity ? null : scopeEnd);
    this.#scopes.push({ kind: "item", end, bound, encoding, owner: null, row });
    this.#position = content;
    return on;
  }

  /** The offset that nothing in a scope may reach beyond. */
  #endOf(scope: Scope): number {
    return scope.end ?? scope.bound ?? this.#scopes.dataset.end ?? Infinity;
  }

  /** Opens the value of the element whose head was read: a sequence, or fragments. */
  #open(
    kind: "sequence" | "fragments",
    end: number | null,
    bound: number | null,
    parent: Scope,
    start: number,
  ): void {
    const { tag, vr, size, unknown } = this.#head;
    const encoding = unknown ? unknownLittle : parent.encoding;
    const offset = start + size;
    const row = this.#table.add(tag, vr, offset, 0);
    this.#scopes.push({ kind, end, bound, encoding, owner: { tag, start, offset }, row });
    this.#position = offset;
  }

  #foundPixelData({ tag, vr, length, size }: ElementHead): Step {
    const offset = this.#position + size;
    const known = length === undefinedLength ? null : length;
    this.#pixelData = { tag, vr: vrName(vr), offset, length: known };
    return complete;
  }

  /** The object may end in fewer bytes than an element's head only where they are all zero. */
  #endOfPadding(scope: Scope, bytes: Uint8Array, start: number, end: number): Step {
    if (end > bytes.length) return end;
    if (scope.kind === "dataset" && bytes.subarray(start, end).every((byte) => byte === 0)) {
      this.#position = end;
      return complete;
    }
    return this.#fail(`${end - start} bytes at byte ${start} are too few for an element`);
  }

  #fail(message: string): never {
    throw new InvalidHeaderError(message, { address: this.#address });
  }
}
