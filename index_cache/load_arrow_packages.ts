/** The packages that an index is written by, and read by as an Arrow table. */
export type ArrowPackages = [
  arrow: typeof import("apache-arrow"),
  parquet: typeof import("parquet-wasm/bundler"),
];

/**
 * Loads the packages that an index is written by. For a short one that takes longer than to write it,
 * so it is best begun while the headers are still being fetched.
 */
export async function loadArrowPackages(): Promise<ArrowPackages> {
  return await Promise.all([import("apache-arrow"), import("parquet-wasm/bundler")]);
}
