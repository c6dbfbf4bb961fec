import { InvalidHeaderError } from "../errors.ts";
import type { IndexedInstance } from "../index_cache/mod.ts";

/**
 * Tells an instance that is cut between two elements, before its image, from one that has none: the
 * cut one looks complete, but others of its SOP class in the series have images.
 *
 * @param imageClasses The SOP classes of the series' images.
 * @returns The error that names it, or null.
 */
export function cutBeforeImage(
  { url, fileSize, frameCount }: Pick<IndexedInstance, "url" | "fileSize" | "frameCount">,
  sopClass: string,
  imageClasses: ReadonlySet<string>,
): InvalidHeaderError | null {
  if (frameCount > 0 || sopClass === "" || !imageClasses.has(sopClass)) return null;
  const message = `the object is cut: it ends at byte ${fileSize}, before its image`;
  return new InvalidHeaderError(message, { address: url });
}
