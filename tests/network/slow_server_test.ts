import { assert, assertEquals, assertLess } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { delay } from "../../runtime/delay.ts";
import { sampleSlice } from "../cli/sample_series.ts";

const CONCURRENCY = 64;
const LATENCY = 50;
/** Its header alone takes 100 KB. */
const instance = sampleSlice({ number: 0, padding: 100_000 });

/** Requests that may come one by one: those of the first instances, which the others are planned by. */
const FIRST = 16;

/** A server that takes its time, and counts how many requests it has at a time. */
function startSlowServer() {
  let [open, most, requests] = [0, 0, 0];
  const { promise: isFull, resolve: full } = Promise.withResolvers<void>();
  const answer = async (request: Request): Promise<Response> => {
    requests++;
    most = Math.max(most, ++open);
    if (most === CONCURRENCY) full();
    // The others wait until there are as many as there may be, however busy the machine is.
    if (requests > FIRST) await isFull;
    await delay(LATENCY);
    open--;
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "")!;
    const end = Math.min(Number(last), instance.length - 1);
    const headers = { etag: '"1"', "content-range": `bytes ${first}-${end}/${instance.length}` };
    return new Response(instance.slice(Number(first), end + 1), { status: 206, headers });
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    most: () => most,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Reads so many headers in a process of its own; answers the most memory that it had, in bytes. */
async function peakOfReading(count: number): Promise<number> {
  await using server = startSlowServer();
  const child = fromFileUrl(new URL("read_headers_child.ts", import.meta.url));
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", child, server.url, String(count), String(CONCURRENCY)],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  assertEquals(server.most(), CONCURRENCY);
  return Number(decoder.decode(stdout));
}

Deno.test("a slow server gets as many requests at a time as it may, and memory stays as it is", async () => {
  const [few, many] = [1000, 3000];
  const before = await peakOfReading(few);
  const after = await peakOfReading(many);
  // What garbage there is at the peak varies by some 30 MB; the headers between take 200 MB.
  assertLess(after - before, (many - few) * instance.length / 2);
});
