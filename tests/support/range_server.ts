import { compareKeys } from "../../retriever/compare_keys.ts";
import { autoindex, type AutoindexStyle } from "./autoindex.ts";
import { type Fault, type FaultRule, takeFault } from "./fault.ts";
import { listObjects, s3Error } from "./list_objects.ts";
import { folderSource, mapSource, type ObjectSource } from "./object_source.ts";
import { type ServerCredentials, verifySignature } from "./verify_signature.ts";

/** What a {@linkcode RangeServer} serves, and how. */
export interface RangeServerOptions {
  /** The objects by key, the folder whose files they are, or where else they come from. */
  objects: ReadonlyMap<string, Uint8Array> | ObjectSource | string;
  /** The bucket that holds all of them for those who ask in the way of S3; `idc-open-data`. */
  bucket?: string;
  /** How folders are listed for those who ask in the way of the web; `nginx`. Null: not at all. */
  autoindex?: AutoindexStyle | null;
  /** Most keys in a page of a bucket's listing; 1000. */
  maxKeys?: number;
  /** Requests to the bucket must be signed with these. */
  credentials?: ServerCredentials;
  /** The port; any free one by default. */
  port?: number;
}

/** A request that the server got, and what it answered. */
export interface LoggedRequest {
  readonly method: string;
  /** The path as sent, escapes and all. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly range: string | null;
  /** The object asked for; null for a listing. */
  readonly key: string | null;
  status: number;
  /** Bytes of body handed to the connection. */
  bytes: number;
}

/** A reply before faults. */
interface Reply {
  status: number;
  headers: Record<string, string>;
  size: number;
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** How much is sent at a time. */
const CHUNK_SIZE = 64 * 1024;

/**
 * A server on a real socket that answers ranges rightly, in the ways of S3
 * (`/bucket/key`, or by the host `bucket.…`) and of a web server (`/key`), keeps
 * a log, and misbehaves when told to.
 */
export class RangeServer implements AsyncDisposable {
  /** `http://127.0.0.1:port`, also the endpoint for S3. */
  readonly url: string;
  readonly bucket: string;
  /** All requests, in the order in which they came. */
  readonly log: LoggedRequest[] = [];
  readonly #options: RangeServerOptions;
  readonly #source: ObjectSource;
  readonly #rules: FaultRule[] = [];
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #closing = new AbortController();

  constructor(options: RangeServerOptions) {
    const { objects } = options;
    this.#options = options;
    this.#source = typeof objects === "string"
      ? folderSource(objects)
      : "open" in objects
      ? objects
      : mapSource(objects);
    this.bucket = options.bucket ?? "idc-open-data";
    this.#server = Deno.serve({
      hostname: "127.0.0.1",
      port: options.port ?? 0,
      signal: this.#closing.signal,
      onListen() {},
      // A body that is cut on purpose fails, and nothing shall be said of it.
      onError: () => new Response(null, { status: 500 }),
    }, (request) => this.#answer(request));
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  /** Requests and bytes of body so far. */
  get counts(): { requests: number; bytes: number } {
    const bytes = this.log.reduce((sum, entry) => sum + entry.bytes, 0);
    return { requests: this.log.length, bytes };
  }

  /** The environment that leads S3 here. */
  get environment(): Record<string, string> {
    const { credentials } = this.#options;
    return {
      AWS_ENDPOINT_URL: this.url,
      ...(credentials === undefined ? {} : {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: credentials.region,
        ...(credentials.sessionToken === undefined
          ? {}
          : { AWS_SESSION_TOKEN: credentials.sessionToken }),
      }),
    };
  }

  /** Reads {@linkcode RangeServer.environment} and nothing else. */
  readonly env = (name: string): string | undefined => this.environment[name];

  /** Makes requests from now on go wrong; earlier rules go first. */
  misbehave(...rules: FaultRule[]): void {
    this.#rules.push(...rules.map((rule) => ({ ...rule })));
  }

  /** Makes all requests go right again. */
  behave(): void {
    this.#rules.length = 0;
  }

  /** Drops all connections and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#server.finished;
  }

  async #answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const host = request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? "";
    const { isBucket, key } = this.#route(url, host);
    const { method, headers } = request;
    const entry: LoggedRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers,
      range: headers.get("range"),
      key: key === "" || key.endsWith("/") || url.searchParams.has("list-type") ? null : key,
      status: 0,
      bytes: 0,
    };
    this.log.push(entry);
    const fault = takeFault(this.#rules, entry);
    await fault.gate;
    const reply = fault.status !== undefined
      ? textReply(fault.status, fault.body ?? "", "application/xml")
      : isBucket
      ? await this.#answerBucket(request, url, host, key, fault)
      : await this.#answerWeb(request, url, key, fault);
    return this.#send(reply, fault, entry);
  }

  #route(url: URL, host: string): { isBucket: boolean; key: string } {
    const path = url.pathname.split("/").map(decode).join("/").slice(1);
    if (host.startsWith(`${this.bucket}.`)) return { isBucket: true, key: path };
    if (path === this.bucket) return { isBucket: true, key: "" };
    const isBucket = path.startsWith(`${this.bucket}/`);
    return { isBucket, key: isBucket ? path.slice(this.bucket.length + 1) : path };
  }

  async #answerBucket(
    request: Request,
    url: URL,
    host: string,
    key: string,
    fault: Fault,
  ): Promise<Reply> {
    const { credentials, maxKeys = 1000 } = this.#options;
    if (credentials !== undefined) {
      const refusal = verifySignature(request, host, credentials);
      if (refusal !== null) return textReply(403, s3Error(refusal), "application/xml");
    }
    if (url.searchParams.get("list-type") === "2") {
      const xml = await listObjects(this.#source, this.bucket, url.searchParams, maxKeys);
      return textReply(200, xml, "application/xml");
    }
    return await this.#answerObject(request, key, fault) ??
      textReply(404, s3Error("NoSuchKey"), "application/xml");
  }

  async #answerWeb(request: Request, url: URL, key: string, fault: Fault): Promise<Reply> {
    const object = await this.#answerObject(request, key, fault);
    if (object !== null) return object;
    const folder = key === "" || key.endsWith("/") ? key : `${key}/`;
    const items = await this.#items(folder);
    const { autoindex: style = "nginx" } = this.#options;
    if (items.length === 0 && folder !== "") return textReply(404, "Not Found", "text/plain");
    if (style === null) return textReply(403, "Forbidden", "text/plain");
    if (folder !== key) {
      const reply = textReply(301, "", "text/html");
      reply.headers.location = `${url.pathname}/${url.search}`;
      return reply;
    }
    const { contentType, body } = autoindex(style, `/${key}`, items);
    return textReply(200, body, contentType);
  }

  async #items(folder: string): Promise<{ name: string; size: number }[]> {
    const names = new Map<string, number>();
    for (const key of await this.#source.keys()) {
      if (!key.startsWith(folder)) continue;
      const [first, ...rest] = key.slice(folder.length).split("/");
      const size = (await this.#source.open(key))?.size ?? 0;
      names.set(rest.length === 0 ? first! : `${first}/`, size);
    }
    return [...names].map(([name, size]) => ({ name, size }))
      .sort((a, b) => compareKeys(a.name, b.name));
  }

  async #answerObject(request: Request, key: string, fault: Fault): Promise<Reply | null> {
    const object = await this.#source.open(key);
    if (object === null) return null;
    const { size, etag } = object;
    const ifMatch = request.headers.get("if-match");
    if (ifMatch !== null && ifMatch !== "*" && !ifMatch.split(/,\s*/).includes(etag)) {
      return textReply(412, s3Error("PreconditionFailed"), "application/xml");
    }
    const contentType = key.endsWith(".json") ? "application/json" : "application/octet-stream";
    const headers = { etag, "accept-ranges": "bytes", "content-type": contentType };
    const range = fault.ignoreRange ? null : parseRange(request.headers.get("range"), size);
    if (range === null) {
      return { status: 200, headers, size, read: (start, end) => object.read(start, end) };
    }
    if (range === "unsatisfiable") {
      const reply = textReply(416, s3Error("InvalidRange"), "application/xml");
      Object.assign(reply.headers, { "content-range": `bytes */${size}`, etag });
      return reply;
    }
    const { start: first, end: last } = range;
    return {
      status: 206,
      headers: { ...headers, "content-range": `bytes ${first}-${last - 1}/${size}` },
      size: last - first,
      read: (start, end) => object.read(first + start, first + end),
    };
  }

  async #send(reply: Reply, fault: Fault, entry: LoggedRequest): Promise<Response> {
    const { status, size } = reply;
    const headers = new Headers({ ...reply.headers, "content-length": `${size}` });
    for (const [name, value] of Object.entries(fault.headers ?? {})) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
    entry.status = status;
    if (entry.method === "HEAD" || [204, 205, 304].includes(status)) {
      return new Response(null, { status, headers });
    }
    const limit = Math.min(fault.cutAt ?? Infinity, fault.stallAt ?? Infinity);
    if (size <= CHUNK_SIZE && limit === Infinity) {
      entry.bytes = size;
      return new Response(await reply.read(0, size), { status, headers });
    }
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const end = Math.min(sent + CHUNK_SIZE, size, limit);
        if (end > sent) {
          controller.enqueue(await reply.read(sent, end));
          entry.bytes += end - sent;
          sent = end;
        } else if (sent === fault.cutAt) controller.error(new Error("cut on purpose"));
        else if (sent === fault.stallAt) await new Promise(() => {});
        else controller.close();
      },
    });
    return new Response(body, { status, headers });
  }
}

/** Starts a server; `await using` stops it. */
export function startRangeServer(options: RangeServerOptions): RangeServer {
  return new RangeServer(options);
}

function textReply(status: number, text: string, contentType: string): Reply {
  const bytes = new TextEncoder().encode(text);
  return {
    status,
    headers: { "content-type": contentType },
    size: bytes.length,
    read: (start, end) => Promise.resolve(bytes.slice(start, end)),
  };
}

/** The bytes that a `Range` header asks for; null to send all, as for one that is no range. */
function parseRange(
  header: string | null,
  size: number,
): { start: number; end: number } | "unsatisfiable" | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  if (match[1] === "") {
    const suffix = Number(match[2]);
    if (suffix === 0 || size === 0) return "unsatisfiable";
    return { start: Math.max(0, size - suffix), end: size };
  }
  const start = Number(match[1]);
  const last = match[2] === "" ? Infinity : Number(match[2]);
  if (last < start) return null;
  if (start >= size) return "unsatisfiable";
  return { start, end: Math.min(last + 1, size) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // No UTF-8: there is no such key, and the reply says so.
    return segment;
  }
}
