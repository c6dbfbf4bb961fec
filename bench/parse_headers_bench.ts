/**
 * Reading headers of four sizes: our reader, dicom-parser and dcmjs.
 *
 * Run with `deno bench -A bench/parse_headers_bench.ts`; `bench/compare_parsers.ts` has the ratios.
 */
import { headerWays } from "./header_ways.ts";
import { sampleHeaders } from "./sample_headers.ts";

for (const header of sampleHeaders()) {
  for (const [name, way] of headerWays) {
    Deno.bench(name, { group: header.name, baseline: name === "parseHeader" }, async () => {
      await way(header);
    });
  }
}
