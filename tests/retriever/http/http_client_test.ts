import {
  assert,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import {
  AccessDeniedError,
  LimitError,
  NetworkError,
  NotFoundError,
  ObjectChangedError,
  ProtocolError,
} from "../../../errors.ts";
import { HttpClient } from "../../../retriever/http/http_client.ts";
import type { HttpRequest } from "../../../retriever/http/http_request.ts";
import type { StoreOptions } from "../../../retriever/store_options.ts";
import { createTransferStats } from "../../../retriever/transfer_stats.ts";
import { assertTellsNoSecret } from "../../support/assert_tells_no_secret.ts";
import { fakeClock } from "../../support/fake_clock.ts";
import { FakeTimers } from "../../support/fake_timers.ts";
import type { Fault } from "../../support/fault.ts";
import { randomBytes, seededRandom } from "../../support/random.ts";
import { type RangeServer, startRangeServer } from "../../support/range_server.ts";

const OBJECT = randomBytes(1000, 1);
const LARGE = randomBytes(2_000_000, 2);
const RANGE = { offset: 100, length: 50 };

function serve(...faults: Fault[]): RangeServer {
  const server = startRangeServer({
    objects: new Map([["a.dcm", OBJECT], ["large.dcm", LARGE], ["empty.dcm", new Uint8Array()]]),
  });
  server.misbehave(...faults.map((fault) => ({ ...fault, times: 1 })));
  return server;
}

function request(
  server: { url: string },
  options: Partial<HttpRequest> & { key?: string } = {},
): HttpRequest {
  const { key = "a.dcm", ...rest } = options;
  const url = new URL(`${server.url}/${key}?token=secret`);
  return {
    address: `${server.url}/${key}`,
    prepare: () => ({ url, headers: new Headers() }),
    ...rest,
  };
}

/** A client whose clock is a fake, with its counters and the waits it made. */
function client(options: StoreOptions = {}) {
  const clock = fakeClock();
  const stats = createTransferStats();
  const random = () => 0.5;
  const http = new HttpClient({ ...clock, stats, random, ...options });
  return { http, stats, waits: clock.waits };
}

/** A fetch that answers what a function makes of the request, and counts. */
function answering(
  answer: (url: URL, init: RequestInit) => Response | Promise<Response>,
): { fetch: typeof fetch; requests: { url: URL; headers: Headers }[] } {
  const requests: { url: URL; headers: Headers }[] = [];
  return {
    requests,
    fetch: async (input, init = {}) => {
      const url = new URL(String(input));
      requests.push({ url, headers: new Headers(init.headers) });
      return await answer(url, init);
    },
  };
}

/** A reply to {@linkcode RANGE} with the header given. */
function partial(contentRange: string | null, length = 50): Response {
  const headers = new Headers(contentRange === null ? {} : { "content-range": contentRange });
  return new Response(new Uint8Array(length), { status: 206, headers });
}

Deno.test("HttpClient asks for a range by one GET and counts what came", async () => {
  await using server = serve();
  const { http, stats } = client();
  const { bytes, totalSize, etag } = await http.read(request(server, { range: RANGE }));
  assertEquals(bytes, OBJECT.slice(100, 150));
  assertEquals(totalSize, 1000);
  assert(etag !== null);
  assertEquals(server.log.map(({ method, range }) => [method, range]), [["GET", "bytes=100-149"]]);
  assertEquals(server.log[0]!.headers.get("accept-encoding"), "identity");
  assertEquals(stats, { requests: 1, retries: 0, bytesFetched: 50 });
});

for (const status of [408, 429, 500, 502, 503, 504]) {
  Deno.test(`HttpClient tries again after ${status}, with growing waits`, async () => {
    await using server = serve({ status }, { status });
    const { http, stats, waits } = client();
    const { bytes } = await http.read(request(server, { range: RANGE }));
    assertEquals(bytes, OBJECT.slice(100, 150));
    assertEquals(waits, [200, 350]);
    assertEquals([stats.requests, stats.retries], [3, 2]);
  });
}

Deno.test("HttpClient gives up after 5 tries and says what the host answered", async () => {
  const body = "<Error><Code>SlowDown</Code></Error>";
  await using server = serve();
  server.misbehave({ status: 503, body });
  const { http, stats, waits } = client();
  const error = await assertRejects(
    () => http.read(request(server, { range: RANGE })),
    NetworkError,
    `cannot read ${server.url}/a.dcm: answered 503 SlowDown (5 tries); try again later`,
  );
  assertEquals([error.attempts, error.status, error.range], [5, 503, "bytes=100-149"]);
  assertEquals([stats.requests, stats.retries, waits.length], [5, 4, 4]);
});

for (
  const [status, type] of [
    [401, AccessDeniedError],
    [403, AccessDeniedError],
    [404, NotFoundError],
    [410, NotFoundError],
    [412, ObjectChangedError],
    [400, ProtocolError],
    [204, ProtocolError],
    [304, ProtocolError],
    [300, ProtocolError],
  ] as const
) {
  Deno.test(`HttpClient takes ${status} for ${type.name} at once`, async () => {
    await using server = serve({ status, body: "" });
    const { http, stats } = client();
    const error = await assertRejects(() => http.read(request(server, { range: RANGE })), type);
    assertEquals(stats.requests, 1);
    assertEquals(error.address, `${server.url}/a.dcm`);
    assert(!error.message.includes("secret"), error.message);
  });
}

Deno.test("HttpClient waits as long as Retry-After says, in seconds or by date", async () => {
  await using server = serve(
    { status: 429, headers: { "retry-after": "7" } },
    { status: 503, headers: { "retry-after": "Thu, 01 Jan 2026 00:00:20 GMT" } },
  );
  const { http, waits } = client();
  await http.read(request(server, { range: RANGE }));
  assertEquals(waits, [7000, 13_000]);
});

Deno.test("HttpClient does not wait beyond its deadline", async () => {
  await using server = serve({ status: 429, headers: { "retry-after": "120" } });
  const { http, stats, waits } = client({ timeout: 30_000 });
  const error = await assertRejects(
    () => http.read(request(server, { range: RANGE })),
    NetworkError,
    "within 30 s: answered 429, asking to wait 120 s (1 try); allow more time",
  );
  assertEquals(error.status, 429);
  assertEquals(waits, []);
  assertEquals(stats.requests, 1);
});

Deno.test("HttpClient gives up at its deadline though a reply is on its way", async () => {
  const timers = new FakeTimers();
  const { fetch } = answering((_url, { signal }) => {
    timers.advance(29_999);
    assertEquals(signal!.aborted, false);
    timers.advance(1);
    assertEquals(signal!.aborted, true);
    return new Promise(() => {});
  });
  const { http } = client({ fetch, timers, timeout: 30_000, idleTimeout: 60_000 });
  await assertRejects(
    () => http.read(request({ url: "http://host" }, { range: RANGE })),
    NetworkError,
    "not finished",
  );
  assertEquals(timers.pending, 0);
});

Deno.test("HttpClient tries again when the connection is lost before the reply", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let connections = 0;
  const dropped = (async () => {
    for await (const connection of listener) {
      connections++;
      await connection.read(new Uint8Array(4096));
      connection.close();
    }
  })();
  const { http, stats } = client();
  const { port } = listener.addr;
  const error = await assertRejects(
    () => http.read(request({ url: `http://127.0.0.1:${port}` }, { range: RANGE })),
    NetworkError,
    "connection lost (5 tries)",
  );
  listener.close();
  await dropped;
  assertEquals(error.status, null);
  assertEquals([connections, stats.retries], [5, 4]);
});

Deno.test("HttpClient tries again when a body is cut", async () => {
  await using server = serve({ cutAt: 10 }, { cutAt: 0 });
  const { http, stats } = client();
  const { bytes } = await http.read(request(server, { range: RANGE }));
  assertEquals(bytes, OBJECT.slice(100, 150));
  assertEquals(stats.retries, 2);
});

Deno.test("HttpClient tries again when a body ends too early without a word", async () => {
  const { fetch, requests } = answering(() =>
    partial("bytes 100-149/1000", requests.length === 1 ? 20 : 50)
  );
  const { http } = client({ fetch });
  const { bytes } = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals(bytes.length, 50);
  assertEquals(requests.length, 2);
});

/** A reply to {@linkcode RANGE} whose body comes in chunks; `wait` is called before each. */
function slowly(chunk: number, chunks: number, wait: (isStall: boolean) => void): Response {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent * chunk === 50) return controller.close();
      wait(sent === chunks);
      // A body that is short of chunks stalls.
      if (sent === chunks) return new Promise(() => {});
      sent++;
      controller.enqueue(new Uint8Array(chunk));
    },
  }, { highWaterMark: 0 });
  const headers = { "content-range": "bytes 100-149/1000" };
  return new Response(body, { status: 206, headers });
}

Deno.test("HttpClient tries again when nothing comes for the idle time", async () => {
  const timers = new FakeTimers();
  const stall = (isStall: boolean) => isStall && timers.advance(10_000);
  // The first sends no byte, the second ten, the third all.
  const { fetch, requests } = answering(() => slowly(10, [0, 1, 5][requests.length - 1]!, stall));
  const { http, stats } = client({ fetch, timers });
  const { bytes } = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals([bytes.length, stats.retries, stats.bytesFetched], [50, 2, 60]);
  assertEquals([timers.now(), timers.pending], [20_000, 0]);
});

Deno.test("HttpClient gives up after 5 tries at which nothing came for the idle time", async () => {
  const timers = new FakeTimers();
  // Over real connections: the client lets each go, so that the server can end.
  await using server = serve();
  server.misbehave({ stallAt: 0 });
  const { http, stats } = client({
    timers,
    idleTimeout: 200,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      timers.advance(200);
      return response;
    },
  });
  await assertRejects(
    () => http.read(request(server, { range: RANGE })),
    NetworkError,
    "no bytes for 0.2 s (5 tries)",
  );
  assertEquals([stats.requests, stats.retries, timers.pending], [5, 4, 0]);
});

Deno.test("HttpClient takes a slow body for no stall as long as bytes come", async () => {
  const timers = new FakeTimers();
  const { fetch } = answering(() => slowly(5, 10, () => timers.advance(299)));
  const { http, stats } = client({ fetch, timers, idleTimeout: 300 });
  const { bytes } = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals([bytes.length, stats.retries, timers.pending], [50, 0, 0]);
  assertEquals(timers.now(), 2990);
});

for (
  const contentRange of [
    null,
    "bytes 101-150/1000",
    "bytes 99-149/1000",
    "bytes 101-149/1000",
    "bytes 100-148/1000",
    "bytes 100-150/1000",
    "bytes 100-149/140",
    "bytes 0-49/1000",
    "items 100-149/1000",
    "bytes */1000",
    "nonsense",
  ]
) {
  Deno.test(`HttpClient refuses the Content-Range ${contentRange} and does not try again`, async () => {
    const { fetch, requests } = answering(() => partial(contentRange));
    const { http } = client({ fetch });
    const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
    await assertRejects(read, ProtocolError, "does not handle ranges");
    assertEquals(requests.length, 1);
  });
}

Deno.test("HttpClient takes fewer bytes only where the object ends", async () => {
  const { fetch } = answering(() => partial("bytes 100-119/120", 20));
  const { http } = client({ fetch });
  const reply = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals([reply.bytes.length, reply.totalSize], [20, 120]);
});

Deno.test("HttpClient takes a Content-Range of unknown size", async () => {
  const { fetch } = answering(() => partial("bytes 100-149/*"));
  const { http } = client({ fetch });
  const reply = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals([reply.bytes.length, reply.totalSize], [50, null]);
});

Deno.test("HttpClient refuses a body longer than its Content-Range", async () => {
  const { fetch } = answering(() => partial("bytes 100-149/1000", 60));
  const { http } = client({ fetch });
  const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
  await assertRejects(read, ProtocolError, "more bytes");
});

Deno.test("HttpClient takes 416 for no bytes and the size", async () => {
  await using server = serve();
  const { http } = client();
  const range = { offset: 5000, length: 10 };
  const reply = await http.read(request(server, { range }));
  assertEquals([reply.bytes.length, reply.totalSize], [0, 1000]);
  assertEquals(server.log[0]!.status, 416);
});

Deno.test("HttpClient takes 416 that does not tell the size", async () => {
  const { fetch } = answering(() => new Response(null, { status: 416 }));
  const { http } = client({ fetch });
  const reply = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals([reply.bytes.length, reply.totalSize], [0, null]);
});

Deno.test("HttpClient refuses 416 to a range inside the size that it tells", async () => {
  const headers = { "content-range": "bytes */1000" };
  const { fetch } = answering(() => new Response(null, { status: 416, headers }));
  const { http } = client({ fetch });
  const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
  await assertRejects(read, ProtocolError, "416");
});

Deno.test("HttpClient reads 200 to a range only as far as needed", async () => {
  const huge = new Uint8Array(32 << 20).fill(7);
  await using server = startRangeServer({ objects: new Map([["huge.dcm", huge]]) });
  server.misbehave({ ignoreRange: true });
  const { http, stats } = client();
  const reply = await http.read(request(server, { key: "huge.dcm", range: RANGE }));
  assertEquals(reply.bytes, huge.slice(100, 150));
  assertEquals(reply.totalSize, huge.length);
  assertLess(stats.bytesFetched, 1 << 20);
  // What is on its way when the body is canceled fits the buffers of two sockets.
  assertLess(server.counts.bytes, 16 << 20);
});

Deno.test("HttpClient reads nothing of 200 to a range beyond the size", async () => {
  await using server = serve();
  server.misbehave({ ignoreRange: true });
  const { http, stats } = client();
  const range = { offset: LARGE.length, length: 10 };
  const reply = await http.read(request(server, { key: "large.dcm", range }));
  assertEquals([reply.bytes.length, reply.totalSize], [0, LARGE.length]);
  assertEquals(stats.bytesFetched, 0);
});

Deno.test("HttpClient takes the last bytes out of 200 to a suffix", async () => {
  await using server = serve();
  server.misbehave({ ignoreRange: true });
  const { http } = client();
  for (const [key, object] of [["large.dcm", LARGE], ["a.dcm", OBJECT]] as const) {
    for (const suffix of [0, 1, 999, 1000, 100_000]) {
      const reply = await http.read(request(server, { key, range: { suffix } }));
      assertEquals(reply.bytes, object.slice(Math.max(0, object.length - suffix)));
      assertEquals(reply.totalSize, object.length);
    }
  }
});

Deno.test("HttpClient tells the size of 200 without a length when it was read to its end", async () => {
  const { fetch } = answering(() => new Response(new Blob([OBJECT]).stream()));
  const { http } = client({ fetch });
  const target = { url: "http://host" };
  const inside = await http.read(request(target, { range: RANGE }));
  assertEquals([inside.bytes, inside.totalSize], [OBJECT.slice(100, 150), null]);
  const beyond = await http.read(request(target, { range: { offset: 990, length: 20 } }));
  assertEquals([beyond.bytes, beyond.totalSize], [OBJECT.slice(990), 1000]);
});

Deno.test("HttpClient refuses a range of a compressed reply", async () => {
  const headers = { "content-encoding": "gzip", "content-range": "bytes 100-149/1000" };
  for (const status of [200, 206]) {
    const { fetch } = answering(() => new Response(new Uint8Array(50), { status, headers }));
    const { http } = client({ fetch });
    const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
    await assertRejects(read, ProtocolError, "compressed (gzip)");
  }
});

Deno.test("HttpClient takes the coding aws-chunked for none", async () => {
  const headers = { "content-encoding": "aws-chunked", "content-range": "bytes 100-149/1000" };
  const { fetch } = answering(() => new Response(new Uint8Array(50), { status: 206, headers }));
  const { http } = client({ fetch });
  const { bytes } = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals(bytes.length, 50);
});

Deno.test("HttpClient reads a whole object as one range, so that its size is told", async () => {
  await using server = serve();
  const { http } = client();
  const { bytes, totalSize } = await http.read(request(server));
  assertEquals([bytes, totalSize], [OBJECT, 1000]);
  const empty = await http.read(request(server, { key: "empty.dcm" }));
  assertEquals([empty.bytes.length, empty.totalSize], [0, 0]);
  assertEquals(server.log.map(({ range }) => range), ["bytes=0-", "bytes=0-"]);
});

Deno.test("HttpClient refuses a whole object that is compressed, and reads a page that is", async () => {
  const page = new Uint8Array(await gzip(new TextEncoder().encode("<p>a page</p>")));
  await using server = startRangeServer({ objects: new Map([["a.dcm", page]]) });
  server.misbehave({ headers: { "content-encoding": "gzip" } });
  const { http } = client();
  await assertRejects(() => http.read(request(server)), ProtocolError, "compressed (gzip)");
  const { text } = await http.readText(request(server));
  assertEquals(text, "<p>a page</p>");
});

Deno.test("HttpClient reads no whole object beyond a gibibyte", async () => {
  const size = 2 ** 30 + 1;
  for (const status of [200, 206]) {
    const { fetch, requests } = answering(() =>
      new Response(new Uint8Array(9), {
        status,
        headers: { "content-length": `${size}`, "content-range": `bytes 0-${size - 1}/${size}` },
      })
    );
    const { http, stats } = client({ fetch });
    const read = () => http.read(request({ url: "http://host" }));
    await assertRejects(read, LimitError, "longer than 1024 MiB");
    assertEquals([requests.length, stats.bytesFetched], [1, 0]);
  }
});

Deno.test("HttpClient sends a known ETag as If-Match and refuses another object", async () => {
  await using server = serve();
  const { http } = client();
  const { etag } = await http.read(request(server, { range: RANGE }));
  await http.read(request(server, { range: RANGE, etag }));
  assertEquals(server.log.map(({ headers }) => headers.get("if-match")), [null, etag]);
  await assertRejects(
    () => http.read(request(server, { range: RANGE, etag: '"old"' })),
    ObjectChangedError,
    "412 PreconditionFailed",
  );
  // A server that ignores If-Match is found out by its reply.
  const ignoring = answering(() => {
    const reply = partial("bytes 100-149/1000");
    reply.headers.set("etag", '"new"');
    return reply;
  });
  await assertRejects(
    () =>
      client({ fetch: ignoring.fetch }).http.read(
        request({ url: "http://host" }, { range: RANGE, etag: '"old"' }),
      ),
    ObjectChangedError,
    "ETag changed",
  );
});

Deno.test("HttpClient compares a weak ETag by its text and never sends it", async () => {
  const { fetch, requests } = answering(() => {
    const reply = partial("bytes 100-149/1000");
    reply.headers.set("etag", 'W/"one"');
    return reply;
  });
  const { http } = client({ fetch });
  for (const etag of ['W/"one"', '"one"', "", null]) {
    await http.read(request({ url: "http://host" }, { range: RANGE, etag }));
  }
  assertEquals(requests.map(({ headers }) => headers.get("if-match")), [
    null,
    '"one"',
    null,
    null,
  ]);
});

Deno.test("HttpClient follows redirects, with the range", async () => {
  await using server = serve();
  let hops = 0;
  server.misbehave(
    ...[301, 302, 303].map((status) => ({
      status,
      times: 1,
      headers: { location: `/${["a", "b", "a"][hops++]}.dcm` },
    })),
  );
  const { http, stats } = client();
  const { bytes, url } = await http.read(request(server, { range: RANGE }));
  assertEquals(bytes, OBJECT.slice(100, 150));
  assertEquals(url.href, `${server.url}/a.dcm`);
  assertEquals(server.log.map(({ range }) => range), Array(4).fill("bytes=100-149"));
  assertEquals([stats.requests, stats.retries], [4, 0]);
});

Deno.test("HttpClient follows no fourth redirect", async () => {
  await using server = serve();
  server.misbehave({ status: 307, headers: { location: "/a.dcm" } });
  const { http, stats } = client();
  const read = () => http.read(request(server, { range: RANGE }));
  await assertRejects(read, ProtocolError, "redirects more than 3 times");
  assertEquals(stats.requests, 4);
});

Deno.test("HttpClient drops credentials across origins, and for good", async () => {
  const { fetch, requests } = answering((url) =>
    url.pathname === "/end" ? partial("bytes 100-149/1000") : Response.redirect(
      { "/a.dcm": "https://host/b", "/b": "https://other/c" }[url.pathname] ??
        "https://host/end",
    )
  );
  const { http } = client({ fetch });
  const headers = new Headers({
    authorization: "Basic c2VjcmV0",
    "x-amz-date": "20260101T000000Z",
    "x-amz-security-token": "secret",
    cookie: "secret",
  });
  const prepare = () => ({ url: new URL("https://host/a.dcm"), headers });
  await http.read(request({ url: "https://host" }, { range: RANGE, prepare }));
  assertEquals(
    requests.map(({ url, headers }) => [url.host, headers.get("authorization") !== null]),
    [["host", true], ["host", true], ["other", false], ["host", false]],
  );
  const last = [...requests.at(-1)!.headers.keys()].sort();
  assertEquals(last, ["accept-encoding", "range"]);
});

for (
  const location of ["file:///etc/passwd", "data:text/plain,hello", "ftp://host/a", "http://[bad"]
) {
  Deno.test(`HttpClient does not follow a redirect to ${location}`, async () => {
    const { fetch, requests } = answering(() =>
      new Response(null, { status: 302, headers: { location } })
    );
    const { http } = client({ fetch });
    const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
    await assertRejects(read, ProtocolError, "redirects to");
    assertEquals(requests.length, 1);
  });
}

Deno.test("HttpClient lets a browser follow what it hides", async () => {
  const modes: (string | undefined)[] = [];
  const { fetch } = answering((_url, init) => {
    modes.push(init.redirect);
    if (init.redirect === "follow") return partial("bytes 100-149/1000");
    const hidden = Response.error();
    Object.defineProperty(hidden, "type", { value: "opaqueredirect" });
    return hidden;
  });
  const { http } = client({ fetch });
  const { bytes } = await http.read(request({ url: "http://host" }, { range: RANGE }));
  assertEquals(bytes.length, 50);
  assertEquals(modes, ["manual", "follow"]);
});

Deno.test("HttpClient stops at once when aborted before the reply", async () => {
  const gate = Promise.withResolvers<void>();
  await using server = serve();
  const arrived = Promise.withResolvers<void>();
  server.misbehave({ gate: gate.promise, when: () => (arrived.resolve(), true) });
  const controller = new AbortController();
  const { http, stats } = client();
  const read = http.read(request(server, { range: RANGE, signal: controller.signal }));
  await arrived.promise;
  const reason = new Error("enough");
  controller.abort(reason);
  assertStrictEquals(await assertRejects(() => read), reason);
  assertEquals([stats.requests, stats.retries], [1, 0]);
  gate.resolve();
});

Deno.test("HttpClient stops at once when aborted in a body", async () => {
  await using server = serve();
  server.misbehave({ stallAt: 10 });
  const controller = new AbortController();
  const stats = createTransferStats();
  const http = new HttpClient({
    stats: {
      ...stats,
      set bytesFetched(count: number) {
        if (count > 0) controller.abort("enough");
      },
      get bytesFetched() {
        return 0;
      },
    },
  });
  const signal = controller.signal;
  const error = await http.read(request(server, { range: RANGE, signal })).catch((it) => it);
  assertEquals(error, "enough");
});

Deno.test("HttpClient stops at once when aborted while it waits", async () => {
  await using server = serve();
  server.misbehave({ status: 503 });
  const controller = new AbortController();
  const reason = new Error("enough");
  const { http, stats } = client({
    // A sleep that never ends and heeds no signal.
    sleep: () => {
      controller.abort(reason);
      return new Promise(() => {});
    },
  });
  const read = http.read(request(server, { range: RANGE, signal: controller.signal }));
  assertStrictEquals(await assertRejects(() => read), reason);
  assertEquals(stats.requests, 1);
});

Deno.test("HttpClient stops at once though the fetch heeds no signal, and lets its reply go", async () => {
  const gate = Promise.withResolvers<Response>();
  const called = Promise.withResolvers<void>();
  const controller = new AbortController();
  const { http } = client({
    fetch: () => {
      called.resolve();
      return gate.promise;
    },
  });
  const { signal } = controller;
  const read = http.read(request({ url: "http://host" }, { range: RANGE, signal }));
  await called.promise;
  controller.abort();
  const error = await assertRejects(() => read);
  assertEquals((error as Error).name, "AbortError");
  const canceled = Promise.withResolvers<void>();
  gate.resolve(new Response(new ReadableStream({ cancel: () => canceled.resolve() })));
  await canceled.promise;
});

Deno.test("HttpClient leaves no listener on the signal", async () => {
  await using server = serve({ status: 503 });
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...parameters: Parameters<typeof add>) => {
    listeners++;
    add(...parameters);
  };
  signal.removeEventListener = (...parameters: Parameters<typeof remove>) => {
    listeners--;
    remove(...parameters);
  };
  const { http } = client();
  await http.read(request(server, { range: RANGE, signal }));
  assertEquals(listeners, 0);
});

Deno.test("HttpClient says in one line that a connection is refused, after few tries", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${listener.addr.port}`;
  listener.close();
  const { http, stats, waits } = client();
  const error = await assertRejects(
    () => http.read(request({ url: `http://${host}` }, { range: RANGE })),
    NetworkError,
  );
  assertEquals(
    error.message,
    `cannot reach ${host}: connection refused; check the address or the network`,
  );
  assertEquals([stats.requests, error.attempts], [3, 3]);
  assertLess(waits.reduce((sum, wait) => sum + wait), 1500);
  const cause = error.cause as Error;
  assertStringIncludes(cause.message, "Connection refused");
  assert(!cause.message.includes("secret"), cause.message);
});

for (
  const [message, says, tries] of [
    ["client error (Connect): dns error: failed to lookup", "host name not found", 3],
    ["client error (Connect): invalid peer certificate: UnknownIssuer", "not trusted", 1],
    ["client error (Connect): operation timed out", "no connection", 3],
    ["client error (SendRequest): connection reset", "connection lost", 5],
    ["Failed to fetch", "connection lost", 5],
  ] as const
) {
  Deno.test(`HttpClient words the failure ${message}`, async () => {
    const text = `error sending request for url (https://me:pw@host/a?token=secret): ${message}`;
    const { fetch, requests } = answering(() => {
      throw new TypeError("fetch failed", { cause: new Error(text) });
    });
    const { http } = client({ fetch });
    const read = () => http.read(request({ url: "http://host" }, { range: RANGE }));
    const error = await assertRejects(read, NetworkError, says);
    assertEquals(requests.length, tries);
    const cause = error.cause as Error;
    assertStringIncludes(cause.message, `(https://host/a): ${message}`);
  });
}

Deno.test("HttpClient repeats nothing of a query, whatever is in it", async () => {
  for (const query of ["?a=b)hush", "?hush:(hush)", "?a=(b):hush#hush", "#hush)", "?a=)&b=hush)"]) {
    const { fetch } = answering(() => {
      const text =
        `error sending request for url (http://ada:hunter2@host/a)b${query}): refused by hand`;
      throw new TypeError("fetch failed", { cause: new Error(text) });
    });
    const { http } = client({ fetch });
    const error = await assertRejects(
      () => http.read(request({ url: "http://host" })),
      NetworkError,
    );
    assertTellsNoSecret(error);
    assertMatch((error.cause as Error).message, /\(http:\/\/host\/a\)b.*: refused by hand$/);
  }
});

Deno.test("HttpClient names the address that a name stands for where that is denied", async () => {
  const { fetch, requests } = answering(() => {
    const denied = 'client error (Connect): Requires net access to "169.254.169.254:80"';
    throw new TypeError("fetch failed", { cause: new Error(denied) });
  });
  const { http } = client({ fetch });
  await assertRejects(
    () => http.read(request({ url: "http://innocent.example" }, { range: RANGE })),
    AccessDeniedError,
    "no permission to reach 169.254.169.254:80, which is innocent.example; --deny-net forbids it",
  );
  assertEquals(requests.length, 1);
});

Deno.test("HttpClient follows no redirect from the public into a private network", async () => {
  for (const location of ["http://127.0.0.1:8080/", "http://192.168.0.1/", "http://localhost/"]) {
    const { fetch, requests } = answering(() =>
      new Response(null, { status: 307, headers: { location } })
    );
    const { http } = client({ fetch });
    const read = () => http.read(request({ url: "http://example.org" }, { range: RANGE }));
    await assertRejects(read, ProtocolError, "an address of a private network");
    assertEquals(requests.length, 1);
  }
});

Deno.test("HttpClient names the permission that is missing", async () => {
  const { fetch, requests } = answering(() => {
    throw new Deno.errors.NotCapable('Requires net access to "host:8080"');
  });
  const { http } = client({ fetch });
  const error = await assertRejects(
    () => http.read(request({ url: "http://host:8080" }, { range: RANGE })),
    AccessDeniedError,
    "no permission to reach host:8080; run again with --allow-net=host:8080",
  );
  assertEquals(error.address, "http://host:8080/a.dcm");
  assertEquals(requests.length, 1);
});

Deno.test("HttpClient prepares each try anew", async () => {
  await using server = serve({ status: 503 }, { status: 503 });
  let prepared = 0;
  const { http } = client();
  await http.read(request(server, {
    range: RANGE,
    prepare: () => ({
      url: new URL(`${server.url}/a.dcm?try=${++prepared}`),
      headers: new Headers(),
    }),
  }));
  assertEquals(server.log.map(({ query }) => query.get("try")), ["1", "2", "3"]);
});

Deno.test("HttpClient answers the right bytes or an error, whatever a server makes of ranges", async () => {
  const random = seededRandom(11);
  const around = (value: number) => value + Math.floor(random() * 5) - 2;
  const outcomes = { right: 0, refused: 0 };
  for (let round = 0; round < 600; round++) {
    const range = random() < 0.2
      ? { suffix: Math.floor(random() * 20) }
      : { offset: Math.floor(random() * 30), length: Math.floor(random() * 20) };
    const object = OBJECT.slice(0, 10 + Math.floor(random() * 20));
    const { fetch } = answering((_url, init) => {
      const [start, last] = /(\d*)-(\d*)/.exec(new Headers(init.headers).get("range")!)!
        .slice(1).map((digits) => digits === "" ? NaN : Number(digits));
      const from = Number.isNaN(start!) ? Math.max(0, object.length - last!) : start!;
      const end = Math.min(object.length, Number.isNaN(start!) ? Infinity : last! + 1);
      // Right half of the time; else a little off, told honestly or not.
      const wild = random() < 0.5;
      const status = wild ? [200, 206, 206, 416][Math.floor(random() * 4)]! : 206;
      const [sentFrom, sentEnd] = wild ? [Math.max(0, around(from)), around(end)] : [from, end];
      const total = wild && random() < 0.3 ? "*" : wild ? around(object.length) : object.length;
      if (from >= end && !wild) {
        const headers = { "content-range": `bytes */${object.length}` };
        return new Response(null, { status: 416, headers });
      }
      const headers = status === 200 ? {} : {
        "content-range": status === 416
          ? `bytes */${total}`
          : `bytes ${sentFrom}-${sentEnd - 1}/${total}`,
      };
      const body = status === 200
        ? object
        : object.slice(sentFrom, wild ? around(sentEnd) : sentEnd);
      return new Response(status === 416 ? null : body, { status, headers });
    });
    const { http } = client({ fetch });
    const expected = "suffix" in range
      ? object.slice(Math.max(0, object.length - range.suffix))
      : object.slice(range.offset, range.offset + range.length);
    try {
      const { bytes, totalSize } = await http.read(request({ url: "http://host" }, { range }));
      // A reply that lies about the size consistently cannot be told from the truth.
      if (totalSize !== object.length && totalSize !== null) continue;
      if (totalSize === null && bytes.length < expected.length) continue;
      assertEquals(bytes, expected);
      outcomes.right++;
    } catch (error) {
      assert(error instanceof ProtocolError || error instanceof NetworkError, `${error}`);
      outcomes.refused++;
    }
  }
  assertGreater(outcomes.right, 200);
  assertGreater(outcomes.refused, 50);
});

Deno.test("HttpClient reads many ranges at a time rightly", async () => {
  await using server = serve();
  const { http, stats } = client();
  const replies = await Promise.all(
    Array.from(
      { length: 200 },
      (_, index) =>
        http.read(
          request(server, { key: "large.dcm", range: { offset: index * 997, length: 100 } }),
        ),
    ),
  );
  for (const [index, { bytes }] of replies.entries()) {
    assertEquals(bytes, LARGE.slice(index * 997, index * 997 + 100));
  }
  assertEquals(stats, { requests: 200, retries: 0, bytesFetched: 20_000 });
});

Deno.test("HttpClient tells where a text came from in the end", async () => {
  await using server = serve({ status: 301, headers: { location: "/?x=1" } });
  const { http } = client();
  const { text, url, contentType } = await http.readText(request(server, { key: "folder" }));
  assertStringIncludes(text, "a.dcm");
  assertEquals(url.href, `${server.url}/?x=1`);
  assertEquals(contentType, "text/html; charset=utf-8");
});

Deno.test("HttpClient takes no text for longer than it may be", async () => {
  const chunk = new Uint8Array(1 << 20);
  let sent = 0;
  let canceled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent++;
      controller.enqueue(chunk);
    },
    cancel: () => void (canceled = true),
  });
  const { http } = client({ fetch: () => Promise.resolve(new Response(endless)) });
  await assertRejects(() => http.readText(request({ url: "http://host" })), Error, "64 MiB");
  assertGreaterOrEqual(sent, 64);
  assertGreater(70, sent);
  assert(canceled);
});

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
