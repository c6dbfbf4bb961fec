import net from "node:net";
import { endOfHead, parseReply, type RawReply, readHeaders, writeHead } from "./raw_reply.ts";

/** A request that came to the proxy. */
export interface ProxiedRequest {
  readonly method: string;
  /** The path as sent, query and all. */
  readonly path: string;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One request on its connection, for a fault to do with as it likes. */
export interface Exchange {
  readonly request: ProxiedRequest;
  /** Settles when the client has left. */
  readonly left: Promise<void>;
  /** Gets the reply that is right from behind the proxy. */
  reply(): Promise<RawReply>;
  /** Writes bytes; settles when they are on their way, or the client has left: then it is false. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Ends the connection in good order (FIN). */
  end(): void;
  /** Breaks it off (RST). */
  reset(): void;
}

/** What a proxy does in place of passing a reply on. */
export type SocketFault = (exchange: Exchange) => Promise<void> | void;

/** A fault and the requests that it happens to. */
export interface SocketFaultRule {
  readonly fault: SocketFault;
  /** Which requests; all by default. */
  readonly when?: ((request: ProxiedRequest) => boolean) | undefined;
  /** How often it happens; always by default. */
  readonly times?: number | undefined;
}

/**
 * A proxy on raw sockets before a server: it passes requests and replies on as
 * they are, a connection each, and misbehaves below HTTP when told to.
 */
export class FaultProxy implements AsyncDisposable {
  /** All requests, in the order in which they came. */
  readonly log: ProxiedRequest[] = [];
  readonly #target: URL;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();
  readonly #exchanges = new Set<Promise<void>>();
  #rules: { rule: SocketFaultRule; left: number }[] = [];
  /** What went wrong in the proxy itself, which no test may pass over. */
  readonly #mistakes: unknown[] = [];

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = net.createServer((socket) => {
      const exchange = this.#serve(socket).catch((error) => void this.#mistakes.push(error));
      this.#exchanges.add(exchange);
      exchange.finally(() => this.#exchanges.delete(exchange));
    });
  }

  /** Starts a proxy before the server at an address, as `http://127.0.0.1:port`. */
  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    const { promise, resolve } = Promise.withResolvers<void>();
    proxy.#server.listen(0, "127.0.0.1", resolve);
    await promise;
    return proxy;
  }

  /** `http://127.0.0.1:port`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  /** Makes requests from now on go wrong; earlier rules go first. */
  misbehave(...rules: SocketFaultRule[]): void {
    this.#rules.push(...rules.map((rule) => ({ rule, left: rule.times ?? Infinity })));
  }

  /** Makes all requests go right again. */
  behave(): void {
    this.#rules = [];
  }

  /** Drops all connections and stops. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([closed, ...this.#exchanges]);
    if (this.#mistakes.length > 0) throw this.#mistakes[0];
  }

  async #serve(socket: net.Socket): Promise<void> {
    this.#sockets.add(socket);
    const { promise: left, resolve } = Promise.withResolvers<void>();
    // That the client leaves is no accident here.
    socket.on("error", () => {});
    socket.on("close", () => {
      this.#sockets.delete(socket);
      resolve();
    });
    const head = await readHead(socket);
    if (head === null) return void socket.destroy();
    const request = parseRequest(head);
    this.log.push(request);
    const exchange: Exchange = {
      request,
      left,
      reply: () => this.#forward(head),
      write: (bytes) => write(socket, bytes, left),
      end: () => void socket.end(),
      reset: () => void socket.resetAndDestroy(),
    };
    const taken = this.#rules.find(({ rule, left }) => left > 0 && (rule.when?.(request) ?? true));
    if (taken !== undefined) taken.left--;
    await (taken?.rule.fault ?? passOn)(exchange);
    await left;
  }

  /** Sends a request on and reads the reply to its end. */
  async #forward(head: string): Promise<RawReply> {
    const { hostname, port } = this.#target;
    using connection = await Deno.connect({ hostname, port: Number(port || 80) });
    const lines = head.split("\r\n").filter((line) => !/^connection:/i.test(line));
    const bytes = new TextEncoder().encode(
      [lines[0], "connection: close", ...lines.slice(1)].join("\r\n"),
    );
    for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    const reply = await new Response(connection.readable).bytes();
    return parseReply(reply);
  }
}

/** Passes a reply on as it is. */
async function passOn(exchange: Exchange): Promise<void> {
  await sendReply(exchange, await exchange.reply());
}

/** Sends a reply and ends the connection. */
export async function sendReply(
  exchange: Exchange,
  { headers, ...reply }: RawReply,
): Promise<void> {
  const head = writeHead({ ...reply, headers: { ...headers, connection: "close" } });
  await exchange.write(head);
  await exchange.write(reply.body);
  exchange.end();
}

/** Reads the head of a request; null where the client leaves before it is whole. */
async function readHead(socket: net.Socket): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  let head = new Uint8Array();
  socket.on("data", (chunk: Uint8Array) => {
    head = new Uint8Array([...head, ...chunk]);
    if (endOfHead(head) !== -1) resolve(new TextDecoder("latin1").decode(head));
  });
  socket.on("close", () => resolve(null));
  return await promise;
}

function parseRequest(head: string): ProxiedRequest {
  const [first, ...lines] = head.split("\r\n");
  const [method, path] = first!.split(" ");
  return { method: method!, path: path!, headers: readHeaders(lines) };
}

async function write(socket: net.Socket, bytes: Uint8Array, left: Promise<void>): Promise<boolean> {
  if (socket.destroyed || !socket.writable) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.write(bytes, (error) => resolve(error === undefined || error === null));
  return await Promise.race([promise, left.then(() => false)]);
}
