/**
 * A server in a process of its own that answers each request after some milliseconds:
 * `deno run -A bench/slow_process.ts LATENCY HEADER_BYTES COUNT`.
 *
 * It prints its port. `/figures` tells what was asked for since it was asked for last.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- it tells its port to the program that starts it
import { VariedSeries } from "./varied_series.ts";

/** What the server saw of the reading of a series. */
export interface SlowFigures {
  readonly requests: number;
  readonly bytes: number;
  /** Milliseconds from the first request to the last reply. */
  readonly milliseconds: number;
  /** Most requests under way at a time. */
  readonly most: number;
}

/** A {@linkcode SlowProcess} that runs. */
export class SlowProcess implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;
  /** `http://127.0.0.1:port/`. */
  readonly url: string;

  private constructor(child: Deno.ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}/`;
  }

  /** Starts a server of a series. */
  static async start(latency: number, headerBytes: number, count: number): Promise<SlowProcess> {
    const words = [latency, headerBytes, count].map(String);
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", import.meta.filename!, ...words],
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return new SlowProcess(child, Number(value));
  }

  /** What was asked for since this was asked last. */
  async figures(): Promise<SlowFigures> {
    return await (await fetch(`${this.url}figures`)).json();
  }

  /** Ends the server. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#child.status;
  }
}

if (import.meta.main) {
  const [latency, headerBytes, count] = Deno.args.map(Number);
  await serve(latency!, new VariedSeries({ count: count!, headerBytes: headerBytes!, odd: 0 }));
}

async function serve(latency: number, series: VariedSeries): Promise<void> {
  // Answers are made before they are asked for: the time that takes is no part of the latency.
  const heads = new Map<string, { head: Uint8Array<ArrayBuffer>; size: number }>();
  for (const key of await series.keys()) {
    const { size, read } = (await series.open(key))!;
    const head = await read(0, Math.min(size, 3 * series.usualLength));
    heads.set(key, { head, size });
  }
  let [requests, bytes, open, most, first, last] = [0, 0, 0, 0, Infinity, 0];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const name = request.url.slice(request.url.lastIndexOf("/") + 1);
    if (name === "figures") {
      const figures: SlowFigures = { requests, bytes, milliseconds: last - first, most };
      [requests, bytes, open, most, first, last] = [0, 0, 0, 0, Infinity, 0];
      return Response.json(figures);
    }
    first = Math.min(first, performance.now());
    requests++;
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, latency));
    open--;
    const { head, size } = heads.get(name)!;
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range")!)!;
    const end = Math.min(Number(to) + 1, size);
    const body = new Uint8Array(end - Number(from));
    body.set(head.subarray(Number(from), end));
    bytes += body.length;
    last = performance.now();
    const headers = { etag: `"${name}"`, "content-range": `bytes ${from}-${end - 1}/${size}` };
    return new Response(body, { status: 206, headers });
  });
  console.log(server.addr.port);
  await server.finished;
}
