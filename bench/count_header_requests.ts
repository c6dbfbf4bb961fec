/**
 * Counts the requests and bytes that it takes to read the headers of real
 * series, by the learned ladder and by the fixed one with a HEAD before it:
 *
 * `deno run -A bench/count_header_requests.ts FOLDER`
 *
 * FOLDER holds a folder of instances for each series. Prints a Markdown table.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { LocalStore } from "../retriever/local_store.ts";
import { readHeaders } from "../retriever/read_headers.ts";
import { CountingStore } from "./counting_store.ts";
import { readByFixedLadder } from "./fixed_ladder.ts";

interface Counts {
  instances: number;
  headerBytes: number;
  learnedRequests: number;
  learnedBytes: number;
  fixedRequests: number;
  fixedBytes: number;
}

const pixelDataHead = 12;

async function countSeries(folder: string): Promise<Counts> {
  const store = new CountingStore(new LocalStore(folder));
  const keys: string[] = [];
  for await (const { key } of store.list("")) keys.push(key);
  let headerBytes = 0;
  for await (const { value } of readHeaders(store, keys)) {
    const { headerLength, pixelData } = value!.header;
    headerBytes += headerLength + (pixelData === null ? 0 : pixelDataHead);
  }
  const counts = {
    instances: keys.length,
    headerBytes,
    learnedRequests: store.requests,
    learnedBytes: store.bytes,
    fixedRequests: 0,
    fixedBytes: 0,
  };
  for (const key of keys) {
    const { requests, bytes } = await readByFixedLadder(store, key);
    counts.fixedRequests += requests;
    counts.fixedBytes += bytes;
  }
  return counts;
}

function tableRow(name: string, counts: Counts): string {
  const { instances, headerBytes, learnedRequests, learnedBytes, fixedRequests, fixedBytes } =
    counts;
  const ratio = (bytes: number) => (bytes / headerBytes).toFixed(2);
  return `| ${name} | ${instances} | ${
    Math.round(headerBytes / instances)
  } | ${learnedRequests} | ` +
    `${ratio(learnedBytes)} | ${fixedRequests} | ${ratio(fixedBytes)} |`;
}

if (import.meta.main) {
  const root = Deno.args[0]!;
  const folders = [...Deno.readDirSync(root)].filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).filter((name) => /^[0-9a-f-]{36}$/.test(name)).sort();
  console.log(
    "| series | instances | header | learned: requests | bytes ÷ headers | fixed: requests | bytes ÷ headers |",
  );
  console.log("|---|--:|--:|--:|--:|--:|--:|");
  const sum: Counts = {
    instances: 0,
    headerBytes: 0,
    learnedRequests: 0,
    learnedBytes: 0,
    fixedRequests: 0,
    fixedBytes: 0,
  };
  for (const name of folders) {
    const counts = await countSeries(`${root}/${name}`);
    for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
    console.log(tableRow(name.slice(0, 8), counts));
  }
  console.log(tableRow("all", sum));
}
