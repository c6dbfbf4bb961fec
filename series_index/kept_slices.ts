import type { PixelImage } from "../contrast/pixel_image.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { DecodedSlice, ReadSlicesOptions, SliceReader } from "./slice_reader.ts";

/** What has become of a slice: its values, or the pictures that were drawn of them. */
export type KeptSlice = DecodedSlice | { readonly images: readonly PixelImage[] };

/**
 * What a call has made of slices. When its index proves outdated it is made once more, and then reads
 * only those that are others now, or that it did not choose before.
 */
export class KeptSlices {
  readonly #slices = new Map<string, KeptSlice>();

  /** Keeps what was made of a slice under a name; null for none. */
  keep(name: string | null, slice: KeptSlice): void {
    if (name !== null) this.#slices.set(name, slice);
  }

  /**
   * Reads slices as the reader does, but those that are kept.
   *
   * @param names What each may be kept under: equal ones mean the same slice, used the same way.
   */
  async *read(
    reader: SliceReader,
    indices: readonly number[],
    names: readonly (string | null)[],
    options: ReadSlicesOptions,
  ): AsyncGenerator<Outcome<KeptSlice>, void, unknown> {
    const kept = names.map((name) => name === null ? undefined : this.#slices.get(name));
    const missing = indices.filter((_, place) => kept[place] === undefined);
    const before = indices.length - missing.length;
    const onProgress = (done: number) => options.onProgress?.(before + done, indices.length);
    const reads = reader.read(missing, { ...options, onProgress });
    try {
      for (const [place, index] of indices.entries()) {
        const value = kept[place];
        const slice = reader.slice(index);
        if (value === undefined) yield (await reads.next()).value!;
        // Its number may be another now.
        else yield { url: slice.url, value: "images" in value ? value : { ...value, slice } };
      }
    } finally {
      await reads.return();
    }
  }
}
