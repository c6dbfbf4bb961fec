/** The modules that some columns of an index are read by. */
export type PlainReader = [
  metadata: typeof import("hyparquet/src/metadata.js"),
  read: typeof import("hyparquet/src/read.js"),
];

/** Loads what some columns of an index are read by, which is plain JavaScript. */
export async function loadPlainReader(): Promise<PlainReader> {
  // The package's main module loads all of it, and Node's file system besides.
  return await Promise.all([
    import("hyparquet/src/metadata.js"),
    import("hyparquet/src/read.js"),
  ]);
}
