import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertLessOrEqual,
  assertMatch,
} from "@std/assert";
import {
  AccessDeniedError,
  NetworkError,
  NotFoundError,
  ObjectChangedError,
  ProtocolError,
  SeriesPreviewError,
} from "../../../errors.ts";
import { HttpStore } from "../../../retriever/http_store.ts";
import type { StoreReply } from "../../../retriever/store.ts";
import { assertTellsNoSecret } from "../../support/assert_tells_no_secret.ts";
import { FaultProxy, type SocketFault } from "../../support/fault_proxy.ts";
import { randomBytes } from "../../support/random.ts";
import { type RangeServer, startRangeServer } from "../../support/range_server.ts";
import * as faults from "../../support/socket_faults.ts";
import { VirtualTime } from "../../support/virtual_time.ts";

const OBJECT = randomBytes(4000, 3);
const RANGE = { offset: 100, length: 50 };
const EXPECTED = OBJECT.slice(100, 150);
/** The deadline and the idle limit, in milliseconds. */
const [DEADLINE, IDLE] = [60_000, 10_000];

/** What a fault is made from. */
interface World {
  readonly time: VirtualTime;
  readonly arrivals: faults.Arrivals;
  readonly server: RangeServer;
  readonly etag: string;
}

/** The error that a read ends with. */
interface Refusal {
  readonly type: typeof SeriesPreviewError;
  readonly says: RegExp;
}

interface FaultCase {
  readonly name: string;
  readonly fault: (world: World) => SocketFault;
  /** What becomes of a read that it happens to once. */
  readonly once: "read" | Refusal;
  /** What becomes of one that it happens to whenever it is tried. */
  readonly always: "read" | Refusal;
  /** Whether the ETag is known from an earlier range. */
  readonly knowsETag?: boolean;
}

/** A fault that another try may get around: byte-exact then, else a `NetworkError`. */
function passing(name: string, says: RegExp, fault: FaultCase["fault"]): FaultCase {
  return { name, fault, once: "read", always: { type: NetworkError, says } };
}

/** A fault that no other try gets around. */
function final(
  name: string,
  type: Refusal["type"],
  says: RegExp,
  fault: FaultCase["fault"],
): FaultCase {
  return { name, fault, once: { type, says }, always: { type, says } };
}

/** What is no fault to those who know HTTP. */
function harmless(name: string, fault: FaultCase["fault"]): FaultCase {
  return { name, fault, once: "read", always: "read" };
}

function errorBody(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>` +
    "<Message>Secretus^Nemo has no /a.dcm?token=hush</Message></Error>";
}

const xml = { "content-type": "application/xml" };
const lost = /: connection lost \(5 tries\); try again later$/;
const idle = /: no bytes for 10 s \(5 tries\)|within 60 s: no bytes for 10 s \(5 tries\)/;

/** A reply 200 with a body of one's own. */
const success = (body: string | Uint8Array, headers: Record<string, string> = {}) =>
  faults.status(200, { body, headers });
const refusal = (code: number, headers: Record<string, string> = {}, body = "") =>
  faults.status(code, { headers, body });
const redirect = (location: string) => refusal(302, { location });
const contentRange = (value: string | null) => faults.withHeaders({ "content-range": value });

async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}

const compressed = (part: (body: Uint8Array) => Uint8Array) =>
  faults.changed(async ({ status, headers, body }) => {
    const bytes = part(await gzip(body));
    const coding = { "content-encoding": "gzip", "content-length": `${bytes.length}` };
    return { status, headers: { ...headers, ...coding }, body: bytes };
  });

const cases: readonly FaultCase[] = [
  // Connections.
  harmless("latency", ({ time }) => faults.late(time, IDLE - 1)),
  passing("latency beyond the idle limit", idle, ({ time }) => faults.late(time, IDLE)),
  passing("a reset before the reply", lost, () => faults.reset()),
  passing("a reset before the body", lost, () => faults.reset(0)),
  passing("a reset in the body", lost, () => faults.reset(20)),
  passing("an end before the reply", lost, () => faults.finish()),
  passing("an end before the body", lost, () => faults.finish(0)),
  passing("an end in the body", lost, () => faults.finish(20)),
  passing("an end in a chunk", lost, () => faults.cutChunk(20)),
  passing("an end in a body of no length", /sent 20 of 50 bytes/, () => faults.cutUnannounced(20)),
  passing(
    "a body shorter than its range",
    /sent 20 of 50 bytes/,
    () =>
      faults.changed(({ status, headers, body }) => ({
        status,
        headers: { ...headers, "content-length": "20" },
        body: body.slice(0, 20),
      })),
  ),
  final("an endless body", ProtocolError, /sent more bytes than/, () => faults.endless()),
  passing("an endless head", lost, () => faults.endlessHead()),
  passing("another protocol", lost, () => faults.babble()),
  harmless(
    "a body that drips in time",
    ({ time, arrivals }) => faults.drip(time, 1000, arrivals),
  ),
  final(
    "a body that drips beyond the deadline",
    NetworkError,
    /within 60 s: not finished \(1 try\); allow more time$/,
    ({ time, arrivals }) => faults.drip(time, DEADLINE / 8, arrivals),
  ),
  passing("a stall before the reply", idle, ({ time }) => faults.stall(time, IDLE)),
  passing("a stall before the body", idle, ({ time }) => faults.stall(time, IDLE, 0)),
  passing("a stall in the body", idle, ({ time }) => faults.stall(time, IDLE, 20)),

  // What passes.
  passing("408", /answered 408/, () => refusal(408)),
  passing("429", /answered 429/, () => refusal(429)),
  passing(
    "429 and Retry-After in seconds",
    /within 60 s: answered 429, asking to wait 20 s \(3 tries\)/,
    () => refusal(429, { "retry-after": "20" }),
  ),
  passing(
    "429 and a date as Retry-After",
    /within 60 s: answered 429 \(3 tries\)/,
    () => refusal(429, { "retry-after": "Thu, 01 Jan 2026 00:00:25 GMT" }),
  ),
  final(
    "429 and a Retry-After beyond the deadline",
    NetworkError,
    /within 60 s: answered 429, asking to wait 90 s \(1 try\); allow more time$/,
    () => refusal(429, { "retry-after": "90" }),
  ),
  passing("500", /answered 500 InternalError/, () => refusal(500, xml, errorBody("InternalError"))),
  passing("502", /answered 502/, () => refusal(502, {}, "<html>Bad Gateway Secretus^Nemo</html>")),
  passing("503 SlowDown", /answered 503 SlowDown/, () => refusal(503, xml, errorBody("SlowDown"))),
  passing("503 and a Retry-After of nonsense", /answered 503 \(5 tries\)/, () => {
    return refusal(503, { "retry-after": "5 apples" });
  }),
  passing("504", /answered 504/, () => refusal(504)),
  passing("400 RequestTimeout", /answered 400 RequestTimeout/, () => {
    return refusal(400, xml, errorBody("RequestTimeout"));
  }),
  passing(
    "200 and SlowDown in its body",
    /answered 200 with the error SlowDown \(5 tries\)/,
    () => success(errorBody("SlowDown"), xml),
  ),
  passing(
    "200 and InternalError in a body of bytes",
    /answered 200 with the error InternalError \(5 tries\)/,
    () => success(errorBody("InternalError"), { "content-type": "application/octet-stream" }),
  ),
  final(
    "200 and AccessDenied in its body",
    AccessDeniedError,
    /no access to .* AccessDenied/,
    () => {
      return success(errorBody("AccessDenied"), xml);
    },
  ),
  final("200 and NoSuchKey in its body", NotFoundError, /nothing at .* NoSuchKey/, () => {
    return success(errorBody("NoSuchKey"), xml);
  }),
  final("200 and an error without a code", ProtocolError, /error of no code/, () => {
    return success("<Error/><!-- Secretus^Nemo -->".replace("/>", ">"), xml);
  }),
  final("200 and a web page", ProtocolError, /a web page came in place of/, () => {
    return success(`<html>${"Log in, Secretus^Nemo. ".repeat(20)}</html>`, {
      "content-type": "text/html; charset=utf-8",
    });
  }),

  // Ranges.
  final("206 without a Content-Range", ProtocolError, /without a Content-Range/, () => {
    return contentRange(null);
  }),
  final("a Content-Range of other bytes", ProtocolError, /not the range asked for/, () => {
    return contentRange("bytes 0-49/4000");
  }),
  final("a Content-Range shifted by a byte", ProtocolError, /not the range asked for/, () => {
    return contentRange("bytes 101-150/4000");
  }),
  final("a Content-Range that is too short", ProtocolError, /not the range asked for/, () => {
    return contentRange("bytes 100-139/4000");
  }),
  final("a Content-Range beyond the size", ProtocolError, /unreadable Content-Range/, () => {
    return contentRange("bytes 100-149/120");
  }),
  final("a Content-Range of no unit known", ProtocolError, /unreadable Content-Range/, () => {
    return contentRange("slices 100-149/4000");
  }),
  final("several ranges in one body", ProtocolError, /without a Content-Range/, () => {
    return faults.withHeaders({
      "content-range": null,
      "content-type": "multipart/byteranges; boundary=x",
    });
  }),
  harmless("200 to a range", () => success(OBJECT)),
  harmless("200 to a range, of no length", () =>
    faults.changed((reply) => ({
      ...reply,
      status: 200,
      headers: {},
      body: new Uint8Array([...OBJECT, ...new Uint8Array(2_000_000)]),
    }))),
  passing("200 to a range, cut before it", lost, () =>
    faults.changed((reply) => ({
      ...reply,
      status: 200,
      headers: { "content-length": "4000" },
      body: OBJECT.slice(0, 120),
    }))),
  final("gzip of a range", ProtocolError, /compressed \(gzip\)/, () => compressed((all) => all)),
  final("a range of a gzip", ProtocolError, /compressed \(gzip\)/, () => {
    return compressed((all) => all.slice(10, 60));
  }),
  final("a gzip in name only", ProtocolError, /compressed \(gzip\)/, () => {
    return faults.withHeaders({ "content-encoding": "gzip" });
  }),
  final("416 to a range inside the size", ProtocolError, /416 to a range inside/, () => {
    return refusal(416, { "content-range": "bytes */4000" });
  }),

  // Objects.
  {
    ...final("another ETag", ObjectChangedError, /its ETag changed/, () => {
      return faults.withHeaders({ etag: '"another"' });
    }),
    knowsETag: true,
  },
  {
    ...harmless("a weakened ETag", ({ etag }) => faults.withHeaders({ etag: `W/${etag}` })),
    knowsETag: true,
  },
  {
    name: "an ETag that is absent",
    fault: () => faults.withHeaders({ etag: null }),
    once: "read",
    always: { type: ObjectChangedError, says: /came without its ETag/ },
    knowsETag: true,
  },
  final("412", ObjectChangedError, /\(412\)/, () => refusal(412)),
  final("401", AccessDeniedError, /no access to .* \(401\)/, () => refusal(401)),
  final("403", AccessDeniedError, /no access to .* \(403 AccessDenied\)/, () => {
    return refusal(403, xml, errorBody("AccessDenied"));
  }),
  final("404", NotFoundError, /nothing at .* \(404\)/, () => refusal(404)),
  final("410", NotFoundError, /nothing at .* \(410\)/, () => refusal(410)),
  final("204", ProtocolError, /answered 204/, () => refusal(204)),
  final("304", ProtocolError, /answered 304/, () => refusal(304)),

  // Redirects.
  harmless("a redirect to another origin", ({ server }) => redirect(`${server.url}/a.dcm`)),
  {
    ...harmless("a redirect to itself", () => redirect("/a.dcm?token=hush")),
    always: { type: ProtocolError, says: /redirects more than 3 times$/ },
  },
  final("a redirect to nowhere", ProtocolError, /answered 302/, () => refusal(302)),
  final("a redirect to a file", ProtocolError, /redirects to a file: address/, () => {
    return redirect("file:///etc/passwd?token=hush");
  }),
  ...[
    "http://169.254.169.254/latest/meta-data/iam/?token=hush",
    "http://[::ffff:a9fe:a9fe]/",
    "http://[fe80::1]/",
    "http://2852039166/latest/",
    "http://metadata.google.internal/computeMetadata/v1/",
  ].map((location) =>
    final(
      `a redirect to ${new URL(location).host}`,
      ProtocolError,
      /redirects to [^ ?]+, an address of a link that no server may lead to/,
      () => redirect(location),
    )
  ),
];

/** Reads through a proxy that misbehaves; answers the reply or the error, and how long it took. */
async function read(
  { fault, knowsETag }: FaultCase,
  times: number | undefined,
): Promise<{ outcome: StoreReply | SeriesPreviewError; passed: number; log: FaultProxy["log"] }> {
  await using server = startRangeServer({ objects: new Map([["a.dcm", OBJECT]]) });
  await using proxy = await FaultProxy.start(server.url);
  const time = new VirtualTime();
  const arrivals = new faults.Arrivals();
  const address = `${proxy.url.replace("//", "//ada:hunter2@")}/?token=hush`;
  const store = new HttpStore(address, { ...time.options, stats: arrivals, random: () => 0.5 });
  const etag = (await store.getRange("a.dcm", { offset: 0, length: 1 })).etag!;
  proxy.log.length = 0;
  server.log.length = 0;
  proxy.misbehave({ fault: fault({ time, arrivals, server, etag }), times });
  let outcome: StoreReply | SeriesPreviewError;
  try {
    outcome = await store.getRange("a.dcm", RANGE, { etag: knowsETag ? etag : null });
  } catch (error) {
    assertInstanceOf(error, SeriesPreviewError);
    assertEquals(error.address, `${proxy.url}/a.dcm`);
    outcome = error;
  }
  // What was not asked of the proxy was asked by a redirect, which takes no credentials along.
  for (const { headers } of server.log.slice(proxy.log.length)) {
    assertEquals(headers.get("authorization"), null);
  }
  assertEquals(time.timers.pending, 0);
  return { outcome, passed: time.passed, log: proxy.log };
}

function assertOutcome(
  { outcome, passed }: Awaited<ReturnType<typeof read>>,
  expected: "read" | Refusal,
): void {
  assertLessOrEqual(passed, DEADLINE);
  if (expected === "read") {
    if (outcome instanceof Error) throw outcome;
    assertEquals([outcome.bytes, outcome.totalSize], [EXPECTED, outcome.totalSize]);
    return;
  }
  assertInstanceOf(outcome, expected.type);
  assertMatch(outcome.message, expected.says);
  assertEquals(outcome.range, "bytes=100-149");
  assert(outcome.attempts !== null && outcome.attempts >= 1);
  assertInstanceOf(outcome.cause, Error);
  assertTellsNoSecret(outcome);
}

for (const each of cases) {
  const ends = (expected: "read" | Refusal) =>
    expected === "read" ? "is read" : `ends with ${expected.type.name}`;
  Deno.test(`a range that meets ${each.name} once ${ends(each.once)}, and always ${ends(each.always)}`, async () => {
    assertOutcome(await read(each, 1), each.once);
    assertOutcome(await read(each, undefined), each.always);
  });
}
