import { HttpStore } from "../retriever/http_store.ts";
import { readHeaders } from "../retriever/read_headers.ts";
import { S3Store } from "../retriever/s3_store.ts";
import type { SimulatedInstance } from "./simulate_headers.ts";
import type { LoggedRequest, RangeServer } from "../tests/support/range_server.ts";

/** What a server's log tells of the reading of a series' headers, listing left out. */
export interface HeaderReads {
  readonly instances: number;
  /** Requests for objects. */
  readonly requests: number;
  /** Those of them that were HEAD. */
  readonly heads: number;
  /** Bytes of objects that were sent. */
  readonly bytes: number;
  /** Bytes of objects that were sent a second time. */
  readonly twice: number;
  /** Bytes that the headers take, up to their pixels. */
  readonly headerBytes: number;
  /** How long each header is, and its object. */
  readonly lengths: readonly SimulatedInstance[];
}

/** How a series is read from the server. */
export interface CountOptions {
  /** The folder of the series, with its `/`; none by default. */
  readonly prefix?: string;
  /** Whether a listing of the bucket has told the objects' sizes; true by default. */
  readonly listed?: boolean;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number;
}

/** Reads the headers of a series from a server, and counts by its log what that took. */
export async function countHeaderReads(
  server: RangeServer,
  { prefix = "", listed = true, concurrency }: CountOptions = {},
): Promise<HeaderReads> {
  const bucket = new S3Store(server.bucket, { env: server.env });
  const entries = await Array.fromAsync(bucket.list(prefix));
  const keys = entries.map(({ key }) => key);
  const store = listed ? bucket : new HttpStore(`${server.url}/`, { env: server.env });
  const listedSizes = listed ? new Map(entries.map(({ key, size }) => [key, size])) : undefined;
  const before = server.log.length;
  const lengths: SimulatedInstance[] = [];
  for await (const { value, error } of readHeaders(store, keys, { listedSizes, concurrency })) {
    if (error !== undefined) throw error;
    const { headerLength, pixelData } = value.header;
    lengths.push({ headerLength: pixelData?.offset ?? headerLength, size: value.size! });
  }
  const headerBytes = lengths.reduce((sum, { headerLength }) => sum + headerLength, 0);
  const counts = countLog(server.log.slice(before));
  return { instances: keys.length, headerBytes, lengths, ...counts };
}

function countLog(
  log: readonly LoggedRequest[],
): Pick<HeaderReads, "requests" | "heads" | "bytes" | "twice"> {
  const ends = new Map<string, number>();
  let [heads, bytes, twice] = [0, 0, 0];
  for (const request of log) {
    if (request.method === "HEAD") heads++;
    bytes += request.bytes;
    const start = Number(/^bytes=(\d+)-/.exec(request.range ?? "")?.[1] ?? 0);
    const end = ends.get(request.key!) ?? 0;
    twice += Math.max(0, Math.min(end, start + request.bytes) - start);
    ends.set(request.key!, Math.max(end, start + request.bytes));
  }
  return { requests: log.length, heads, bytes, twice };
}
