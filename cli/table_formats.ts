/** The formats that a table of headers is written in, by their names on the command line. */
export const tableFormats = ["json", "jsonl", "parquet"] as const;

/** A format of a table. */
export type TableFormat = typeof tableFormats[number];
