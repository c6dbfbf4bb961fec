/** Limits that keep a hostile or broken header from costing memory or time. */
export interface HeaderLimits {
  /** Most bytes of a header, as stored and as inflated; 64 MiB by default. */
  readonly maxHeaderBytes: number;
  /** Deepest nesting of sequences; 64 by default. */
  readonly maxNesting: number;
  /** Most elements that are not in a sequence, each a column of the index; 5,000 by default. */
  readonly maxAttributes: number;
  /** Most elements and items, nested ones included; 1,000,000 by default. */
  readonly maxElements: number;
  /** How many more there may be for each frame, up to 4,096 of them; 32 by default. */
  readonly maxElementsPerFrame: number;
}

/**
 * The limits in force when none are given.
 *
 * @example
 * ```ts
 * import { defaultHeaderLimits } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(defaultHeaderLimits.maxHeaderBytes, 64 * 2 ** 20);
 * ```
 */
export const defaultHeaderLimits: HeaderLimits = {
  maxHeaderBytes: 64 * 1024 * 1024,
  maxNesting: 64,
  maxAttributes: 5000,
  maxElements: 1_000_000,
  maxElementsPerFrame: 32,
};
