import type { Dataset } from "../dicom/dataset.ts";
import { dicomHeaderToDict } from "../dicom/dicom_header_to_dict.ts";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import { InvalidIndexError } from "../errors.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { readHeader } from "../retriever/read_header.ts";
import { readInOrder, type ReadInOrderOptions } from "../retriever/read_in_order.ts";
import type { Store } from "../retriever/store.ts";

/** Where headers are read from. */
export interface HeaderSource {
  readonly table: SeriesTable;
  readonly store: Store;
  readonly limits?: Partial<HeaderLimits> | undefined;
}

/**
 * Reads the headers of instances from themselves, each once: since the index knows where they end,
 * in one range request an instance.
 *
 * @param rows The rows of the instances in the index.
 * @returns An outcome for each row.
 */
export async function readDatasets(
  source: HeaderSource,
  rows: readonly number[],
  options: ReadInOrderOptions,
): Promise<Map<number, Outcome<Dataset>>> {
  const { table } = source;
  const unique = [...new Set(rows)];
  const urlOf = (row: number) => String(table.value(row, SERIES_COLUMNS.dataUrl));
  const read = (row: number, signal: AbortSignal) => readDataset(source, row, urlOf(row), signal);
  const datasets = new Map<number, Outcome<Dataset>>();
  let at = 0;
  for await (const outcome of readInOrder(unique, urlOf, read, options)) {
    datasets.set(unique[at++]!, outcome);
  }
  return datasets;
}

async function readDataset(
  { table, store, limits }: HeaderSource,
  row: number,
  url: string,
  signal: AbortSignal,
): Promise<Dataset> {
  const key = store.key(url);
  if (key === null) {
    throw new InvalidIndexError("the index names an instance outside of its series", {
      address: url,
    });
  }
  const etag = table.value(row, SERIES_COLUMNS.etag) as string | null;
  const expected = headerLength(table, row);
  const { header } = await readHeader(store, key, { signal, etag, limits, expected });
  return await dicomHeaderToDict(header);
}

/** The bytes of a header as the index tells: up to the pixels, or to the end where there are none. */
function headerLength(table: SeriesTable, row: number): number | null {
  const offset = table.value(row, SERIES_COLUMNS.pixelOffset);
  const hasImage = table.value(row, SERIES_COLUMNS.frameCount) !== 0;
  // A deflated header ends where no index tells.
  const length = hasImage ? offset : offset ?? table.value(row, SERIES_COLUMNS.fileSize);
  return length === null ? null : Number(length);
}
