import { NetworkError, SeriesPreviewError } from "../../errors.ts";
import { HttpStore } from "../../retriever/http_store.ts";
import { readInOrder } from "../../retriever/read_in_order.ts";
import type { StoreReply } from "../../retriever/store.ts";
import type { StoreOptions } from "../../retriever/store_options.ts";
import { createTransferStats } from "../../retriever/transfer_stats.ts";
import { FaultProxy, type SocketFault } from "./fault_proxy.ts";
import { randomBytes, seededRandom } from "./random.ts";
import { startRangeServer } from "./range_server.ts";
import * as faults from "./socket_faults.ts";

/** Reads to make through a proxy that misbehaves. */
export interface RandomReadsOptions {
  readonly count: number;
  readonly seed: number;
  /** Reads under way at once. */
  readonly concurrency: number;
  /** Deadline of a read and its idle limit, in milliseconds. */
  readonly timeout: number;
  readonly idleTimeout: number;
  /** The time that faults and reads go by. */
  readonly time: faults.Passing & { readonly passed: number };
  /** What the store takes beside. */
  readonly options?: StoreOptions;
}

/** What became of the reads. */
export interface RandomReadsTally {
  /** Reads that answered the bytes that are there. */
  exact: number;
  /** Reads that ended with a tagged error, by its name. */
  readonly refused: Record<string, number>;
  /** Reads that answered other bytes, without an error. */
  readonly silent: string[];
  /** Reads that ended with an error that is not tagged, or lacks its address or range. */
  readonly untyped: string[];
  /** How long the longest took, in milliseconds. */
  longest: number;
  /** Requests that came to the proxy, and those of them that went wrong. */
  requests: number;
  faults: number;
  retries: number;
}

/** How many requests in a hundred go wrong. */
const FAULTS_PERCENT = 20;
/** The objects' sizes, in bytes. */
const SIZES = [1, 50, 4000, 20_000, 70_000];

interface Read {
  readonly key: string;
  readonly object: Uint8Array;
  /** Null for the whole object. */
  readonly range: { offset: number; length: number } | { suffix: number } | null;
}

/** Reads at random through a proxy of which every fifth request goes wrong, and counts. */
export async function readAtRandom(setting: RandomReadsOptions): Promise<RandomReadsTally> {
  const { count, seed, concurrency, time, timeout, idleTimeout } = setting;
  const random = seededRandom(seed);
  const objects = new Map(SIZES.map((size, at) => [`${at}.dcm`, randomBytes(size, seed + at)]));
  await using server = startRangeServer({ objects });
  await using proxy = await FaultProxy.start(server.url);
  const stats = createTransferStats();
  const store = new HttpStore(`${proxy.url}/?token=hush`, {
    ...setting.options,
    timeout,
    idleTimeout,
    random: seededRandom(seed),
    stats,
  });
  const etags = new Map<string, string | null>();
  for (const key of objects.keys()) etags.set(key, (await store.getRange(key, { suffix: 1 })).etag);
  proxy.log.length = 0;
  const tally: RandomReadsTally = {
    ...{ exact: 0, refused: {}, silent: [], untyped: [] },
    ...{ longest: 0, requests: 0, faults: 0, retries: 0 },
  };
  const choices = randomFaults(time, idleTimeout);
  proxy.misbehave({
    fault: (exchange) => {
      tally.faults++;
      return choices[Math.floor(random() * choices.length)]!(exchange);
    },
    when: () => random() * 100 < FAULTS_PERCENT,
  });
  const reads = Array.from({ length: count }, () => chooseRead(random, objects));
  const readOne = async ({ key, range }: Read, signal: AbortSignal): Promise<StoreReply> => {
    const start = time.passed;
    try {
      const options = { signal, etag: etags.get(key) };
      return await (range === null ? store.get(key, options) : store.getRange(key, range, options));
    } finally {
      tally.longest = Math.max(tally.longest, time.passed - start);
    }
  };
  const outcomes = readInOrder(reads, ({ key }) => store.url(key), readOne, { concurrency });
  let at = 0;
  for await (const { url, value, error } of outcomes) {
    const { object, range } = reads[at]!;
    const what = `read ${at++} of seed ${seed}, ${url} ${JSON.stringify(range)}`;
    if (value !== undefined) {
      if (isEqual(value.bytes, expected(object, range))) tally.exact++;
      else tally.silent.push(`${what}: ${value.bytes.length} bytes`);
    } else if (isTagged(error, url, range !== null)) {
      tally.refused[error.name] = (tally.refused[error.name] ?? 0) + 1;
    } else tally.untyped.push(`${what}: ${error.name}: ${error.message}`);
  }
  return Object.assign(tally, { requests: proxy.log.length, retries: stats.retries });
}

/** All that a socket can do, but for what an honest server would have to do itself. */
function randomFaults(time: faults.Passing, idleTimeout: number): readonly SocketFault[] {
  const error = (code: string) => `<Error><Code>${code}</Code></Error>`;
  const xml = { "content-type": "application/xml" };
  return [
    faults.late(time, idleTimeout / 4),
    faults.reset(),
    faults.reset(0),
    faults.reset(30),
    faults.finish(),
    faults.finish(0),
    faults.finish(30),
    faults.cutUnannounced(30),
    faults.cutChunk(30),
    faults.babble(),
    faults.stall(time, idleTimeout),
    faults.stall(time, idleTimeout, 30),
    faults.status(408),
    faults.status(429, { headers: { "retry-after": "0.05" } }),
    faults.status(500, { headers: xml, body: error("InternalError") }),
    faults.status(502, { body: "<html>Bad Gateway</html>" }),
    faults.status(503, { headers: xml, body: error("SlowDown") }),
    faults.status(200, { headers: xml, body: error("SlowDown") }),
    faults.status(200, { headers: { "content-type": "text/html" }, body: "<html>Log in</html>" }),
    faults.status(403),
    faults.status(404),
    faults.status(412),
    faults.status(302, { headers: { location: "http://169.254.169.254/latest/" } }),
    faults.withHeaders({ "content-range": "bytes 7-9/10" }),
    faults.withHeaders({ "content-encoding": "gzip" }),
    faults.withHeaders({ etag: '"another"' }),
    faults.withHeaders({ etag: null }),
    faults.changed((reply) => ({ ...reply, body: reply.body.slice(0, reply.body.length / 2) })),
  ];
}

function chooseRead(
  random: () => number,
  objects: ReadonlyMap<string, Uint8Array>,
): Read {
  const below = (limit: number) => Math.floor(random() * limit);
  const key = `${below(objects.size)}.dcm`;
  const object = objects.get(key)!;
  const kind = random();
  if (kind < 0.1) return { key, object, range: null };
  if (kind < 0.2) return { key, object, range: { suffix: 1 + below(object.length) } };
  const range = { offset: below(object.length), length: 1 + below(5120) };
  return { key, object, range };
}

function expected(object: Uint8Array, range: Read["range"]): Uint8Array {
  if (range === null) return object;
  if ("suffix" in range) return object.subarray(object.length - range.suffix);
  return object.subarray(range.offset, range.offset + range.length);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Whether an error tells what it should: where, of which bytes, after how many tries, and why. */
function isTagged(error: Error, url: string, isRange: boolean): boolean {
  if (!(error instanceof SeriesPreviewError) || error.address !== url) return false;
  const isUntried = error instanceof NetworkError && error.attempts === 0;
  const isWhole = error.range?.startsWith("bytes=") === isRange ||
    (!isRange && error.range === null);
  return isUntried || (isWhole && (error.attempts ?? 0) > 0 && error.cause instanceof Error);
}
