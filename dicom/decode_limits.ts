/** Limits on what a header may claim of its image. */
export interface ImageLimits {
  /** Most pixels of a frame; 512 × 2^20 by default. */
  readonly maxFramePixels: number;
  /** Most frames; 100,000 by default. */
  readonly maxFrames: number;
}

/** Limits that keep a hostile or broken image from costing memory or time. */
export interface DecodeLimits extends ImageLimits {
  /** Most bytes of memory that a decoder in WebAssembly may take for a frame, in each thread; 1 GiB by default. */
  readonly maxWasmBytes: number;
}

/**
 * The limits in force when none are given.
 *
 * @example
 * ```ts
 * import { defaultDecodeLimits } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(defaultDecodeLimits.maxFrames, 100_000);
 * ```
 */
export const defaultDecodeLimits: DecodeLimits = {
  maxFramePixels: 512 * 2 ** 20,
  maxFrames: 100_000,
  maxWasmBytes: 2 ** 30,
};
