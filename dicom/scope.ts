import type { Encoding } from "./element_head.ts";

/** A dataset, item, sequence or run of fragments that is being read. */
export interface Scope {
  readonly kind: "dataset" | "item" | "sequence" | "fragments";
  /** The offset it ends at; null until its delimitation item, or the end of the object, is met. */
  end: number | null;
  /** The offset at which one of the scopes around it ends; null while none of them is known to. */
  readonly bound: number | null;
  readonly encoding: Encoding;
  /** The element that a sequence or its fragments are the value of, and where its head starts. */
  readonly owner: { readonly tag: number; readonly start: number; readonly offset: number } | null;
  /** Its row, or that of the element it is the value of; -1 for a dataset. */
  readonly row: number;
}

/** Whether a scope is a sequence, or its fragments, of known length. */
export function isBoundedSequence(scope: Scope): boolean {
  return scope.owner !== null && scope.end !== null;
}
