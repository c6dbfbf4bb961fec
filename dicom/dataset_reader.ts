import { InvalidHeaderError, LimitError } from "../errors.ts";
import type { DicomElements } from "./dicom_header.ts";
import { ElementBudget } from "./element_budget.ts";
import {
  type ElementHead,
  type Encoding,
  readElementHead,
  readTag,
  undefinedLength,
  unknownItemEncoding,
  unknownLittle,
} from "./element_head.ts";
import type { GrowingBytes } from "./growing_bytes.ts";
import type { HeaderLimits } from "./header_limits.ts";
import { addElement, elementsOf, isBoundedSequence, openScope, type Scope } from "./scope.ts";
import type { PixelDataHead } from "./pixel_data_head.ts";
import { isPixelDataTag, Tag, tagText } from "./tag.ts";

/** A step's outcome: it went on, it needs bytes up to an offset, or the header is complete. */
type Step = "on" | "complete" | number;

/**
 * Reads a dataset's elements up to its pixel data, resuming where it stopped
 * when bytes were missing.
 *
 * Sequences are held on a stack of the reader's own, so nesting costs no call
 * depth.
 */
export class DatasetReader {
  readonly #bytes: GrowingBytes;
  readonly #limits: HeaderLimits;
  readonly #address: string | undefined;
  readonly #scopes: Scope[];
  readonly #budget: ElementBudget;
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
    this.#limits = limits;
    this.#address = address;
    this.#budget = new ElementBudget(limits, address);
    this.#scopes = [openScope("dataset", null, null, encoding, null)];
  }

  /** The top-level elements read so far. */
  get elements(): DicomElements {
    return elementsOf(this.#scopes[0]!);
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
    this.#scopes[0]!.end = end;
    for (;;) {
      const step = this.#step();
      if (step === "complete") return null;
      if (step === "on") continue;
      // The whole of an outer sequence must come anyway.
      return Math.max(step, this.#scopes.find(isBoundedSequence)?.end ?? 0);
    }
  }

  /** Reads one element head, item head or end of a scope. */
  #step(): Step {
    const scope = this.#scopes.at(-1)!;
    try {
      if (this.#position === scope.end) return this.#close(scope);
      return scope.owner === null ? this.#readElement(scope) : this.#readItem(scope);
    } catch (error) {
      if (!(error instanceof InvalidHeaderError)) throw error;
      // A sequence of known length that holds nonsense spoils itself alone: it is kept as bytes.
      const spoiled = this.#scopes.findLastIndex(isBoundedSequence);
      if (spoiled < 0) throw error;
      const { start } = this.#scopes[spoiled]!.owner!;
      this.#unreadableSequences.add(start);
      this.#scopes.length = spoiled;
      this.#position = start;
      return "on";
    }
  }

  /** Ends a scope and hands what it held to the one around it. */
  #close(scope: Scope, valueEnd: number = this.#position): Step {
    if (scope.kind === "dataset") return "complete";
    this.#scopes.pop();
    const parent = this.#scopes.at(-1)!;
    if (scope.owner === null) {
      (parent.items ??= []).push(elementsOf(scope));
      return "on";
    }
    const { tag, vr, offset } = scope.owner;
    const element = { tag, vr, offset, length: valueEnd - offset };
    const isSequence = scope.kind === "sequence";
    const items = scope.items ?? [];
    addElement(parent, isSequence ? { ...element, vr: "SQ", items } : element);
    return "on";
  }

  #readElement(scope: Scope): Step {
    const start = this.#position;
    const end = this.#endOf(scope);
    const available = Math.min(this.#bytes.length, end) - start;
    const view = this.#bytes.dataView();
    // A dataset's end may be where it was cut, so only an item's can vouch for its last element.
    const enclosure = { room: end - start, exact: scope.kind === "item" && scope.end !== null };
    const { encoding } = scope;
    const signed = this.#pixelRepresentation;
    const head = readElementHead(view, start, available, encoding, signed, enclosure);
    if (typeof head === "number") {
      if (start + head <= end) return start + head;
      return this.#endOfPadding(scope, start, end);
    }
    if (scope.kind === "dataset" && isPixelDataTag(head.tag)) return this.#foundPixelData(head);
    if (head.tag === Tag.ItemDelimitationItem && scope.kind === "item" && scope.end === null) {
      this.#position += head.size;
      return this.#close(scope);
    }
    if (head.tag >>> 16 === 0xfffe) {
      return this.#passStray(scope, head, start, end);
    }
    this.#budget.count();
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
    return "on";
  }

  #readValue(scope: Scope, head: ElementHead, start: number, end: number): Step {
    const { tag, vr, length, size } = head;
    const offset = start + size;
    const owner = { tag, vr, start, offset };
    const encoding = head.unknown ? unknownLittle : scope.encoding;
    if (length === undefinedLength) {
      const binary = vr === "OB" || vr === "OW" || vr === "OF" || vr === "OD";
      if (!binary && vr !== "SQ" && vr !== "UN") {
        this.#fail(`${tagText(tag)} of ${vr} has no length, at byte ${start}`);
      }
      const bound = end === Infinity ? null : end;
      this.#open(openScope(binary ? "fragments" : "sequence", null, bound, encoding, owner));
      this.#position = offset;
      return "on";
    }
    const valueEnd = offset + length;
    if (valueEnd > end) {
      this.#fail(
        (scope.kind === "dataset" ? "the object is cut, or " : "") +
          `${tagText(tag)} claims ${length} bytes at byte ${offset}, where ${
            end - offset
          } are left`,
      );
    }
    const opaque = this.#unreadableSequences.has(start);
    if (vr === "SQ" && !opaque) {
      this.#open(openScope("sequence", valueEnd, valueEnd, encoding, owner));
      this.#position = offset;
      return "on";
    }
    if (valueEnd > this.#bytes.length) return valueEnd;
    addElement(scope, { tag, vr: opaque ? "UN" : vr, offset, length });
    if (scope.kind === "dataset") this.#learn(tag, offset, length);
    this.#position = valueEnd;
    return "on";
  }

  /** Takes note of what decides on how the rest is read. */
  #learn(tag: number, offset: number, length: number): void {
    if (tag === Tag.PixelRepresentation && length >= 2) {
      const { littleEndian } = this.#scopes[0]!.encoding;
      this.#pixelRepresentation = this.#bytes.dataView().getUint16(offset, littleEndian);
    } else if (tag === Tag.NumberOfFrames) {
      this.#budget.allowFrames(this.#bytes.view().subarray(offset, offset + length));
    }
  }

  #readItem(scope: Scope): Step {
    const start = this.#position;
    const scopeEnd = this.#endOf(scope);
    if (start + 8 > scopeEnd) {
      this.#fail(`${tagText(scope.owner!.tag)} ends inside an item head, at byte ${start}`);
    }
    if (start + 8 > this.#bytes.length) return start + 8;
    const { littleEndian } = scope.encoding;
    const view = this.#bytes.dataView();
    const tag = readTag(view, start, littleEndian);
    const length = view.getUint32(start + 4, littleEndian);
    const content = start + 8;
    if (tag === Tag.SequenceDelimitationItem) {
      // A sequence of known length ends there, delimited or not.
      this.#position = scope.end ?? content;
      return this.#close(scope, start);
    }
    if (tag === Tag.ItemDelimitationItem && length === 0 && scope.kind === "sequence") {
      // Some writers end items of known length too.
      this.#position = content;
      return "on";
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
      if (end! > this.#bytes.length) return end!;
      this.#position = end!;
      return "on";
    }
    let { encoding } = scope;
    if (encoding === unknownLittle) {
      // The shortest head has 8 bytes, with its value representation at 4 and 5.
      const hasElement = content + 8 <= (end ?? scopeEnd);
      if (hasElement && content + 8 > this.#bytes.length) return content + 8;
      encoding = unknownItemEncoding(view, hasElement ? content : null);
    }
    this.#budget.count();
    const bound = end ?? (scopeEnd === Infinity ? null : scopeEnd);
    this.#scopes.push(openScope("item", end, bound, encoding, null));
    this.#position = content;
    return "on";
  }

  /** The offset that nothing in a scope may reach beyond. */
  #endOf(scope: Scope): number {
    return scope.end ?? scope.bound ?? this.#scopes[0]!.end ?? Infinity;
  }

  #open(scope: Scope): void {
    const depth = this.#scopes.filter((each) => each.owner !== null).length + 1;
    if (depth > this.#limits.maxNesting) {
      throw new LimitError(`sequences are nested deeper than ${this.#limits.maxNesting}`, {
        address: this.#address,
      });
    }
    this.#scopes.push(scope);
  }

  #foundPixelData({ tag, vr, length, size }: ElementHead): Step {
    const offset = this.#position + size;
    this.#pixelData = { tag, vr, offset, length: length === undefinedLength ? null : length };
    return "complete";
  }

  /** The object may end in fewer bytes than an element's head only where they are all zero. */
  #endOfPadding(scope: Scope, start: number, end: number): Step {
    if (end > this.#bytes.length) return end;
    if (scope.kind === "dataset" && this.#bytes.view().subarray(start, end).every((b) => b === 0)) {
      this.#position = end;
      return "complete";
    }
    return this.#fail(`${end - start} bytes at byte ${start} are too few for an element`);
  }

  #fail(message: string): never {
    throw new InvalidHeaderError(message, { address: this.#address });
  }
}
