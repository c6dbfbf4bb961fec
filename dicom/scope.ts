import type { DicomElement, DicomElements } from "./dicom_header.ts";
import type { Encoding } from "./element_head.ts";

/** A dataset, item, sequence or run of fragments that is being read. */
export interface Scope {
  readonly kind: "dataset" | "item" | "sequence" | "fragments";
  /** The offset it ends at; null until its delimitation item, or the end of the object, is met. */
  end: number | null;
  /** The offset at which one of the scopes around it ends; null while none of them is known to. */
  readonly bound: number | null;
  readonly encoding: Encoding;
  /** Elements of a dataset or item; null while it has none, for a map takes more than an empty item should. */
  elements: Map<number, DicomElement> | null;
  /** The element that a sequence or its fragments are the value of. */
  readonly owner: { tag: number; vr: string; start: number; offset: number } | null;
  /** Items of a sequence; null while it has none. */
  items: DicomElements[] | null;
}

/** Whether a scope is a sequence, or its fragments, of known length. */
export function isBoundedSequence(scope: Scope): boolean {
  return scope.owner !== null && scope.end !== null;
}

/** What all items without elements have. */
const noElements: DicomElements = new Map();

/** The elements of a dataset or item. */
export function elementsOf(scope: Scope): DicomElements {
  return scope.elements ?? noElements;
}

/** Puts an element into a dataset or item. */
export function addElement(scope: Scope, element: DicomElement): void {
  (scope.elements ??= new Map()).set(element.tag, element);
}

/** Opens a scope that holds nothing yet. */
export function openScope(
  kind: Scope["kind"],
  end: number | null,
  bound: number | null,
  encoding: Encoding,
  owner: Scope["owner"],
): Scope {
  return { kind, end, bound, encoding, owner, elements: null, items: null };
}
