import type { TransferStats } from "../../retriever/transfer_stats.ts";
import { type Exchange, sendReply, type SocketFault } from "./fault_proxy.ts";
import { type RawReply, writeHead } from "./raw_reply.ts";

/** What lets time pass: a virtual one at once, a real one by waiting. */
export interface Passing {
  pass(milliseconds: number): void | Promise<void>;
}

/** Bytes of filler that an endless body is made of. */
const FILLER = new Uint8Array(64 * 1024).fill(0x20);
/** Where an endless body is given up: a client that reads so far does not stop by itself. */
const ENDLESS = 512 * 1024 * 1024;

/** Answers what a function makes of the reply that is right. */
export function changed(change: (reply: RawReply) => RawReply | Promise<RawReply>): SocketFault {
  return async (exchange) => await sendReply(exchange, await change(await exchange.reply()));
}

/** Answers a status, and a body that need not be there. */
export function status(
  code: number,
  { headers = {}, body = "" }: { headers?: Record<string, string>; body?: string | Uint8Array } =
    {},
): SocketFault {
  return async (exchange) => {
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    const length = { "content-length": `${bytes.length}` };
    await sendReply(exchange, { status: code, headers: { ...length, ...headers }, body: bytes });
  };
}

/** Sets headers over those of the reply that is right; null takes one away. */
export function withHeaders(headers: Record<string, string | null>): SocketFault {
  return changed((reply) => ({ ...reply, headers: mergeHeaders(reply.headers, headers) }));
}

/** Breaks the connection off (RST) before a reply, or after so many bytes of its body. */
export function reset(at: number | null = null): SocketFault {
  return async (exchange) => {
    if (at !== null) await sendPart(exchange, await exchange.reply(), at);
    exchange.reset();
  };
}

/** Ends the connection (FIN) before a reply, or after so many bytes of its body. */
export function finish(at: number | null = null): SocketFault {
  return async (exchange) => {
    if (at !== null) await sendPart(exchange, await exchange.reply(), at);
    exchange.end();
  };
}

/** Ends the body after so many bytes, of a reply that does not tell its length. */
export function cutUnannounced(at: number): SocketFault {
  return async (exchange) => {
    const reply = await exchange.reply();
    await sendPart(exchange, {
      ...reply,
      headers: mergeHeaders(reply.headers, { "content-length": null }),
    }, at);
    exchange.end();
  };
}

/** Ends the body of a chunked reply in the middle of a chunk. */
export function cutChunk(at: number): SocketFault {
  return async (exchange) => {
    const { body, ...reply } = await exchange.reply();
    const headers = mergeHeaders(reply.headers, {
      "content-length": null,
      "transfer-encoding": "chunked",
    });
    await exchange.write(writeHead({ ...reply, headers }));
    await exchange.write(new TextEncoder().encode(`${body.length.toString(16)}\r\n`));
    await exchange.write(body.subarray(0, at));
    exchange.end();
  };
}

/** Sends a body that goes on and on after what it should be. */
export function endless(): SocketFault {
  return async (exchange) => {
    const reply = await exchange.reply();
    const headers = mergeHeaders(reply.headers, { "content-length": null });
    await sendPart(exchange, { ...reply, headers }, Infinity);
    await flood(exchange, FILLER);
  };
}

/** Sends headers that go on and on. */
export function endlessHead(): SocketFault {
  return async (exchange) => {
    await exchange.write(new TextEncoder().encode("HTTP/1.1 206 Whatever\r\n"));
    await flood(exchange, new TextEncoder().encode(`x-filler: ${"x".repeat(1000)}\r\n`));
  };
}

/** Answers something that is no HTTP. */
export function babble(): SocketFault {
  return async (exchange) => {
    await exchange.write(new TextEncoder().encode("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    exchange.end();
  };
}

/** Sends nothing, or so many bytes of the body, and then nothing any more; that much time passes. */
export function stall(
  time: Passing,
  milliseconds: number,
  at: number | null = null,
): SocketFault {
  return async (exchange) => {
    if (at !== null) await sendPart(exchange, await exchange.reply(), at);
    await time.pass(milliseconds);
  };
}

/** Lets time pass before the reply. */
export function late(time: Passing, milliseconds: number): SocketFault {
  return async (exchange) => {
    const reply = await exchange.reply();
    await time.pass(milliseconds);
    await sendReply(exchange, reply);
  };
}

/** Sends the body a byte at a time, and lets time pass after each has arrived. */
export function drip(time: Passing, milliseconds: number, arrivals: Arrivals): SocketFault {
  return async (exchange) => {
    const { body, ...reply } = await exchange.reply();
    const before = arrivals.bytesFetched;
    await exchange.write(
      writeHead({ ...reply, headers: { ...reply.headers, connection: "close" } }),
    );
    for (let at = 0; at < body.length; at++) {
      if (!await exchange.write(body.subarray(at, at + 1))) return;
      await Promise.race([arrivals.until(before + at + 1), exchange.left]);
      await time.pass(milliseconds);
    }
    exchange.end();
  };
}

/** Counters that tell when bytes have arrived. */
export class Arrivals implements TransferStats {
  requests = 0;
  retries = 0;
  #bytes = 0;
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  /** Bytes of bodies received. */
  get bytesFetched(): number {
    return this.#bytes;
  }

  set bytesFetched(count: number) {
    this.#bytes = count;
    for (const waiting of this.#waiting) if (waiting.count <= count) waiting.resolve();
  }

  /** Settles when that many bytes have arrived. */
  async until(count: number): Promise<void> {
    if (this.#bytes >= count) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ count, resolve });
    await promise;
  }
}

async function sendPart(
  exchange: Exchange,
  { body, ...reply }: RawReply,
  length: number,
): Promise<void> {
  await exchange.write(writeHead({ ...reply, headers: { ...reply.headers, connection: "close" } }));
  await exchange.write(body.subarray(0, length));
}

async function flood(exchange: Exchange, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < ENDLESS; sent += bytes.length) {
    if (!await exchange.write(bytes)) return;
  }
  exchange.end();
}

function mergeHeaders(
  headers: Record<string, string>,
  changes: Record<string, string | null>,
): Record<string, string> {
  const merged = { ...headers, ...changes };
  return Object.fromEntries(
    Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
