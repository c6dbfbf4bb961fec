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
  /** Elements of a dataset or item. */
  readonly elements: Map<number, DicomElement>;
  /** The element that a sequence or its fragments are the value of. */
  readonly owner: { tag: number; vr: string; start: number; offset: number } | null;
  readonly items: DicomElements[];
}

/** Whether a scope is a sequence, or its fragments, of known length. */
export function isBoundedSequence(scope: Scope): boolean {
  return scope.owner !== null && scope.end !== null;
}

/** Opens a scope that holds nothing yet. */
export function openScope(
  kind: Scope["kind"],
  end: number | null,
  bound: number | null,
  encoding: Encoding,
  owner: Scope["owner"],
): Scope {
  return { kind, end, bound, encoding, owner, elements: new Map(), items: [] };
}
