/**
 * Counts, by a server's log, the requests and bytes that it takes to read the headers of series,
 * and what a HEAD and fixed chunks would take:
 *
 * `deno run -A bench/count_header_requests.ts [FOLDER] [--json]`
 *
 * The series are generated; where FOLDER is given, they are its folders of instances. A listing has
 * told the objects' sizes, save where it says that none was.
 *
 * @module
 */
import { parseArgs } from "@std/cli";
import { startRangeServer } from "../tests/support/range_server.ts";
import { countHeaderReads, type HeaderReads } from "./count_header_reads.ts";
import { fixedLadder } from "./header_strategies.ts";
import { printTables, type ReportTable } from "./report_table.ts";
import { simulateHeaders } from "./simulate_headers.ts";
import { VariedSeries } from "./varied_series.ts";

const counts = [20, 100, 1000, 10_000];
const headerSizes = [2000, 9000, 65_000, 150_000];

type Row = ReportTable["rows"][number];

/** A series' counts as a row, with those of the fixed ladder. */
function toRow(name: string, sizes: string, reads: HeaderReads): Row {
  const { instances, requests, heads, bytes, twice, headerBytes, lengths } = reads;
  // It goes by nothing but the lengths, so its counts are the same in every network.
  const network = { latency: 1, bandwidth: Infinity, concurrency: 1 };
  const fixed = simulateHeaders(lengths, fixedLadder(), network);
  return {
    name,
    sizes,
    instances,
    header: headerBytes / instances,
    more: requests - instances,
    bytes: bytes / headerBytes,
    heads,
    twice,
    fixedRequests: fixed.requests / requests,
    fixedBytes: fixed.bytes / bytes,
  };
}

async function countGenerated(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const headerBytes of headerSizes) {
    for (const count of counts) {
      for (const [sizes, compressed, listed, odd] of kinds) {
        const series = new VariedSeries({ count, headerBytes, compressed, odd });
        await using server = startRangeServer({ objects: series });
        const name = compressed ? "compressed" : "native";
        rows.push(toRow(name, sizes, await countHeaderReads(server, { listed })));
      }
    }
  }
  return rows;
}

/** What the generated series are: odd headers cannot be foreseen but by the objects' sizes. */
const kinds = [
  ["listed", false, true, 2],
  ["not listed", false, false, 0],
  ["listed", true, true, 0],
] as const;

async function countFolders(root: string): Promise<Row[]> {
  const entries = await Array.fromAsync(Deno.readDir(root));
  const folders = entries.filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => name).filter((name) => /^[0-9a-f-]{36}$/.test(name)).sort();
  const rows: Row[] = [];
  await using server = startRangeServer({ objects: root });
  for (const name of folders) {
    const reads = await countHeaderReads(server, { prefix: `${name}/` });
    rows.push(toRow(name.slice(0, 8), "listed", reads));
  }
  return rows;
}

if (import.meta.main) {
  const { _: [folder] } = parseArgs(Deno.args, { boolean: ["json"] });
  const title = folder === undefined ? "Headers of generated series" : "Headers of real series";
  printTables([{
    title,
    columns: [
      { key: "name", title: "series" },
      { key: "sizes", title: "sizes" },
      { key: "instances", title: "instances" },
      { key: "header", title: "header, bytes" },
      { key: "more", title: "requests − n" },
      { key: "bytes", title: "bytes ÷ headers", digits: 3 },
      { key: "heads", title: "HEAD" },
      { key: "twice", title: "bytes twice" },
      { key: "fixedRequests", title: "fixed: requests ×", digits: 2 },
      { key: "fixedBytes", title: "fixed: bytes ×", digits: 2 },
    ],
    rows: folder === undefined ? await countGenerated() : await countFolders(String(folder)),
  }], Deno.args);
}
