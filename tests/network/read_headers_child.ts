/**
 * Reads the headers of as many instances from an address as the second word tells, so many at a
 * time as the third, keeps none, and prints the most memory that the process had, in bytes.
 *
 * @module
 */

import { HttpStore } from "../../retriever/http_store.ts";
import { readHeaders } from "../../retriever/read_headers.ts";
import { sampleName } from "../cli/sample_series.ts";

const [address, count, concurrency] = Deno.args;
const keys = Array.from({ length: Number(count) }, (_, number) => sampleName(number));
const options = { concurrency: Number(concurrency) };
let peak = 0;
for await (const { error } of readHeaders(new HttpStore(address!), keys, options)) {
  if (error !== undefined) throw error;
  peak = Math.max(peak, Deno.memoryUsage().rss);
}
await Deno.stdout.write(new TextEncoder().encode(String(peak)));
