/** The packages that an index is read by as an Arrow table. */
export type ArrowPackages = [
  arrow: typeof import("apache-arrow"),
  parquet: typeof import("parquet-wasm/bundler"),
];

/** Loads the packages that an index is read by as an Arrow table; for a short one that takes longest. */
export async function loadArrowPackages(): Promise<ArrowPackages> {
  return await Promise.all([import("apache-arrow"), import("parquet-wasm/bundler")]);
}
