/**
 * Reads the headers of a series from a server that answers each request after
 * 50 ms, at several concurrencies and lengths:
 *
 * `deno run -A bench/slow_server.ts`
 *
 * Prints a Markdown table: how many requests a second there were against
 * concurrency ÷ latency, how many the server had at a time, and the memory that
 * was added, the server's included.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { HttpStore } from "../retriever/http_store.ts";
import { readHeaders } from "../retriever/read_headers.ts";
import { sampleSlice } from "../tests/cli/sample_series.ts";

const latency = 50;
const instance = sampleSlice({ number: 0 });
let [open, most] = [0, 0];

/** Answers any range of the one instance that all names stand for. */
async function answer(request: Request): Promise<Response> {
  most = Math.max(most, ++open);
  await new Promise((resolve) => setTimeout(resolve, latency));
  open--;
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "")!;
  const end = Math.min(Number(last), instance.length - 1);
  const headers = { etag: '"1"', "content-range": `bytes ${first}-${end}/${instance.length}` };
  return new Response(instance.slice(Number(first), end + 1), { status: 206, headers });
}

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);

async function readAll(concurrency: number, count: number): Promise<string> {
  most = 0;
  const store = new HttpStore(`http://127.0.0.1:${server.addr.port}/`);
  const keys = Array.from({ length: count }, (_, i) => `${i}.dcm`);
  const before = Deno.memoryUsage().rss;
  const start = performance.now();
  for await (const { error } of readHeaders(store, keys, { concurrency })) {
    if (error) throw error;
  }
  const perSecond = count / (performance.now() - start) * 1000;
  const ideal = concurrency / latency * 1000;
  const grown = (Deno.memoryUsage().rss - before) / 2 ** 20;
  const share = `${(100 * perSecond / ideal).toFixed(0)}%`;
  return `| ${concurrency} | ${count} | ${perSecond.toFixed(0)} | ${share} | ${most} | ${
    grown.toFixed(0)
  } MB |`;
}

console.log("| concurrency | instances | requests/s | of the ideal | most at a time | grown by |");
console.log("| ---: | ---: | ---: | ---: | ---: | ---: |");
for (const [concurrency, count] of [[8, 400], [32, 2000], [64, 2000], [64, 10_000]] as const) {
  console.log(await readAll(concurrency, count));
}
await server.shutdown();
