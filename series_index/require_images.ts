import { NoImageError } from "../errors.ts";
import type { SeriesTable } from "../index_cache/mod.ts";

/**
 * Fails when no instance of a series has an image, saying what there is instead.
 *
 * @throws {NoImageError} When there is no slice.
 */
export function requireImages(table: SeriesTable): void {
  if (table.sliceCount > 0) return;
  const modalities = new Set<string>();
  for (let row = 0; row < table.instanceCount; row++) {
    modalities.add(String(table.value(row, "Modality") ?? "no modality"));
  }
  const { address } = table.metadata;
  throw new NoImageError(
    `no image in ${address}: its ${table.instanceCount === 1 ? "" : `${table.instanceCount} `}` +
      `${[...modalities].join(", ")} ` +
      `${table.instanceCount === 1 ? "instance has" : "instances have"} no pixel data; ` +
      "only its headers can be read",
    { address },
  );
}
