import type { Cell } from "../index_cache/cells.ts";
import { locatedSeries } from "../retriever/located_series.ts";
import { generateIndex } from "../series_index/generate_index.ts";
import { GeneratedStore } from "./generated_store.ts";
import type { IndexArrays } from "./index_way.ts";
import { makeScannerHeader, pixelBytes, plainHeader } from "./make_scanner_header.ts";

/** Makes the index of a series of so many instances, of headers of 200 attributes. */
export async function makeIndexArrays(count: number): Promise<IndexArrays> {
  const store = new GeneratedStore({
    count,
    make: (number) => makeScannerHeader(number, plainHeader),
    sizeOf: (made) => made.length + pixelBytes,
  });
  const index = await generateIndex(locatedSeries(store, ""), { seriesUID: "series" });
  const sources = index.fields.map(({ name, type, list, metadata }) => {
    const isLong = type === "int64" || type === "uint64";
    const cells = Array.from({ length: count }, (_, row): Cell => {
      const cell = index.value(row, name);
      return !isLong || cell === null
        ? cell
        : Array.isArray(cell)
        ? cell.map((each) => each === null ? null : BigInt(each))
        : BigInt(cell as number);
    });
    return { name, type, list, cells, metadata };
  });
  return { sources, rowCount: count, metadata: index.metadata };
}
