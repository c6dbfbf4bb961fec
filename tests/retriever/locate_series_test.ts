import { join } from "@std/path";
import { assert, assertEquals, assertMatch, assertRejects, assertStrictEquals } from "@std/assert";
import {
  AccessDeniedError,
  AmbiguousSeriesError,
  NotFoundError,
  UsageError,
} from "../../errors.ts";
import { locateSeries } from "../../retriever/locate_series.ts";
import type { LocatedSeries, LocateSeriesOptions } from "../../retriever/locate_series.ts";
import { type RangeServer, startRangeServer } from "../support/range_server.ts";
import { runProgram } from "../support/run_program.ts";

const UUID = "38902e14-b11f-4548-910e-771ee757dc82";
const OTHER = "38902e14-c000-4548-910e-771ee757dc82";
const BYTES = new Uint8Array([1, 2, 3]);

function serve(...keys: string[]): RangeServer {
  return startRangeServer({ objects: new Map(keys.map((key) => [key, BYTES])) });
}

/** Refuses all that is not meant to be asked. */
const noFetch: typeof fetch = (input) => Promise.reject(new TypeError(`asked ${input}`));
const offline: LocateSeriesOptions = { fetch: noFetch, env: () => undefined };

function told({ prefix, address, folder }: LocatedSeries) {
  return { prefix, address, folder };
}

async function keysOf({ store, prefix }: LocatedSeries): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
}

for (
  const [spec, options, expected] of [
    [UUID, {}, [`${UUID}/`, `s3://idc-open-data/${UUID}/`, UUID]],
    [UUID.toUpperCase(), {}, [`${UUID}/`, `s3://idc-open-data/${UUID}/`, UUID]],
    [UUID.replaceAll("-", ""), {}, [`${UUID}/`, `s3://idc-open-data/${UUID}/`, UUID]],
    [UUID, { root: "s3://bucket" }, [`${UUID}/`, `s3://bucket/${UUID}/`, UUID]],
    [UUID, { root: "s3://bucket/a/b" }, [`a/b/${UUID}/`, `s3://bucket/a/b/${UUID}/`, UUID]],
    [UUID, { root: "gs://bucket/a/" }, [`a/${UUID}/`, `gs://bucket/a/${UUID}/`, UUID]],
    [UUID, { root: "https://me:pw@host/a?token=x" }, [`${UUID}/`, `https://host/a/${UUID}/`, UUID]],
    [UUID, { root: "file:///data" }, [`${UUID}/`, `file:///data/${UUID}/`, UUID]],
    [UUID, { root: "/data/x" }, [`${UUID}/`, `file:///data/x/${UUID}/`, UUID]],
    [`s3://bucket/a/${UUID}`, {}, [`a/${UUID}/`, `s3://bucket/a/${UUID}/`, UUID]],
    ["S3://bucket/a b/1+1/", {}, ["a b/1+1/", "s3://bucket/a b/1+1/", "1+1"]],
    ["s3://bucket", {}, ["", "s3://bucket/", "bucket"]],
    ["s3://bucket/", {}, ["", "s3://bucket/", "bucket"]],
    ["s3://bucket/a/1.dcm", {}, ["a/1.dcm", "s3://bucket/a/1.dcm", "1.dcm"]],
    ["gs://bucket/a/", {}, ["a/", "gs://bucket/a/", "a"]],
    ["https://me:pw@host/a/b%20c/?token=x", {}, ["", "https://host/a/b%20c/", "b c"]],
    ["https://host", {}, ["", "https://host/", "host"]],
    [`http://host/${UUID}?token=x`, {}, ["", `http://host/${UUID}/`, UUID]],
    ["https://host/a/1%202.DCM?token=x", {}, ["1 2.DCM", "https://host/a/1%202.DCM", "1 2.DCM"]],
    ["https://host/a/index.json", {}, ["", "https://host/a/", "a"]],
  ] as [string, LocateSeriesOptions, [string, string, string]][]
) {
  Deno.test(`locateSeries finds ${spec} under ${options.root ?? "its root"} without asking`, async () => {
    const [prefix, address, folder] = expected;
    const series = await locateSeries(spec, { ...offline, ...options });
    assertEquals(told(series), { prefix, address, folder });
  });
}

for (
  const [spec, says] of [
    [
      "38902e14-b11f",
      "looks like a series UUID but has 12 of 32 hex digits; give all of it, or end",
    ],
    ["38902E14", "has 8 of 32 hex digits"],
    [`${UUID}0`, "has 33 hex digits where 32 are right"],
    [UUID.replace("b11f", "b1g1"), "'g' is no hex digit"],
    [UUID.replaceAll("-", "").replace("b11f", "b1x1"), "'x' is no hex digit"],
    ["", "no series is named"],
    ["  ", "no series is named"],
    [
      "ftp://host/a",
      "'ftp:' addresses are not known; use s3://, gs://, https://, http://, file://",
    ],
    ["azure:bucket", "'azure:' addresses are not known"],
    ["s3://", "names no bucket"],
    ["s3:bucket", "names no bucket"],
    ["s3://a b/c/", "no bucket's name"],
    ["https://", "no http:// or https:// address"],
    ["demo:mr", "there is no 'demo:mr'; the one demo is demo:ct"],
    ["demo:", "the one demo is demo:ct"],
    ["demo:*", "the one demo is demo:ct"],
  ] as const
) {
  Deno.test(`locateSeries refuses '${spec}' as wrong in its words`, async () => {
    await assertRejects(() => locateSeries(spec, offline), UsageError, says);
  });
}

for (const spec of ["./missing", "/no/such/folder", "missing", "../x.dcm", "file:///no/such/"]) {
  Deno.test(`locateSeries says that ${spec} is missing`, async () => {
    await assertRejects(() => locateSeries(spec, offline), NotFoundError, spec);
  });
}

/** A folder with three series, and a link from one into another. */
async function localSeries(): Promise<AsyncDisposable & { folder: string }> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  for (const name of ["a b", UUID, "2024"]) {
    await Deno.mkdir(join(folder, name));
    await Deno.writeFile(join(folder, name, "1.dcm"), BYTES);
    await Deno.writeFile(join(folder, name, "1.dcm.bak"), BYTES);
  }
  await Deno.symlink(join(folder, "a b/1.dcm"), join(folder, "2024/link.dcm"));
  return { folder, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

Deno.test("locateSeries finds local folders by path and file URL", async () => {
  await using local = await localSeries();
  const { folder } = local;
  const address = `file://${folder}/a%20b/`;
  for (const spec of [`${folder}/a b`, `${folder}/a b/`, address, `file://${folder}/a b`]) {
    const series = await locateSeries(spec, offline);
    assertEquals(told(series), { prefix: "", address, folder: "a b" });
    assertEquals(await keysOf(series), ["1.dcm", "1.dcm.bak"]);
  }
  const options = { ...offline, root: folder };
  assertEquals((await locateSeries("389*", options)).address, `file://${folder}/${UUID}/`);
  assertEquals((await locateSeries("a*", options)).folder, "a b");
  assertEquals((await locateSeries(`${folder}/202*`, offline)).folder, "2024");
});

Deno.test("locateSeries finds a local file, and that alone", async () => {
  await using local = await localSeries();
  const { folder } = local;
  for (const name of ["a b/1.dcm", "2024/link.dcm"]) {
    const series = await locateSeries(join(folder, name), offline);
    assertEquals(series.address, `file://${folder}/${name.replace(" ", "%20")}`);
    assertEquals(await keysOf(series), [series.folder]);
    assertEquals((await series.store.get(series.prefix)).bytes, BYTES);
    assertEquals(series.store.key(series.address), series.folder);
  }
});

Deno.test("locateSeries finds what is in the working folder, but a UUID only after ./", async () => {
  await using local = await localSeries();
  const { folder } = local;
  const file = import.meta.resolve("../../retriever/locate_series.ts");
  const specs = ["a b", "./a b", "2024", "2024/1.dcm", UUID, `./${UUID}`, `${UUID}/`, "./202*"];
  const program = `import { locateSeries } from "${file}";
    for (const spec of ${JSON.stringify(specs)}) {
      console.log((await locateSeries(spec)).address);
    }`;
  const at = `file://${folder}`;
  assertEquals(await runProgram(program, { permissions: ["--allow-read"], cwd: folder }), [
    `${at}/a%20b/`,
    `${at}/a%20b/`,
    `${at}/2024/`,
    `${at}/2024/1.dcm`,
    `s3://idc-open-data/${UUID}/`,
    `${at}/${UUID}/`,
    `${at}/${UUID}/`,
    `${at}/2024/`,
  ]);
});

Deno.test("locateSeries finds the one series that starts so", async () => {
  await using server = serve(`${UUID}/1.dcm`, "x/1.dcm", "ABC/1.dcm");
  const { env } = server;
  for (const spec of ["38902e14*", "3*", "38902e14b11f*", "38902E14-B11F-*", `${UUID}*`]) {
    const series = await locateSeries(spec, { env });
    assertEquals(series.address, `s3://idc-open-data/${UUID}/`);
    assertEquals(series.folder, UUID);
    assertEquals(await keysOf(series), [`${UUID}/1.dcm`]);
  }
  assertEquals((await locateSeries("ABC*", { env })).folder, "ABC");
  assertEquals((await locateSeries("s3://idc-open-data/x*", { env })).folder, "x");
  const onWeb = await locateSeries(`${server.url}/389*`);
  assertEquals(onWeb.address, `${server.url}/${UUID}/`);
});

Deno.test("locateSeries says when no series starts so, or several do", async () => {
  const many = Array.from({ length: 12 }, (_, index) => `ab${index.toString(16)}/1.dcm`);
  await using server = serve(`${UUID}/1.dcm`, `${OTHER}/1.dcm`, ...many);
  const { env } = server;
  const error = await assertRejects(() => locateSeries("389*", { env }), AmbiguousSeriesError);
  assertEquals(error.candidates, [UUID, OTHER]);
  assertEquals(
    error.message,
    `'389*' matches 2 folders under s3://idc-open-data/: ${UUID}, ${OTHER}; give more of the name`,
  );
  await assertRejects(
    () => locateSeries("ab*", { env }),
    AmbiguousSeriesError,
    "'ab*' matches 12 folders under s3://idc-open-data/: ab0, ab1, ab2, ab3, ab4, ab5, ab6, ab7, " +
      "ab8, ab9 and 2 more",
  );
  await assertRejects(
    () => locateSeries("ff*", { env }),
    NotFoundError,
    "no folder under s3://idc-open-data/ starts with 'ff'",
  );
});

/** The prefixes that a server was asked to list, and the keys that it was asked for. */
function asked({ log }: RangeServer): string[] {
  return log.map(({ path, query, range }) =>
    query.has("list-type") ? `list ${query.get("prefix")}` : `${path} ${range}`
  );
}

Deno.test("locateSeries takes an address of a bucket for a folder's without asking", async () => {
  await using server = serve("a/1.2.840.1/1", "a/1.2.840.1/2", "a/1.2.840.10/1");
  const { env } = server;
  const folder = await locateSeries("s3://idc-open-data/a/1.2.840.1", { env });
  assertEquals(asked(server), []);
  assertEquals(
    folder.address,
    (await locateSeries("s3://idc-open-data/a/1.2.840.1/", { env })).address,
  );
  assertEquals(await keysOf(folder), ["a/1.2.840.1/1", "a/1.2.840.1/2"]);
  assertEquals(asked(server), ["list a/1.2.840.1/"]);
  assertEquals(folder.store.key("s3://idc-open-data/a/1.2.840.1/1"), "a/1.2.840.1/1");
  assertEquals((await folder.store.get("a/1.2.840.1/2")).bytes, BYTES);
  assertEquals(await Array.fromAsync(folder.store.listFolders("a/")), [
    "a/1.2.840.1/",
    "a/1.2.840.10/",
  ]);
});

Deno.test("locateSeries finds an object of a bucket where no folder has its name", async () => {
  await using server = serve("a/IM0001", "a/IM0001.bak", "a/IM00011");
  const object = await locateSeries("s3://idc-open-data/a/IM0001", { env: server.env });
  const entries = await Array.fromAsync(object.store.list(object.prefix));
  assertEquals(entries.map(({ key, size }) => [key, size]), [["a/IM0001", 3]]);
  const [listing, read, ...more] = asked(server);
  assertEquals([listing, more], ["list a/IM0001/", []]);
  assertMatch(read!, /a\/IM0001 bytes=0-0$/);
  assertEquals((await object.store.get("a/IM0001")).bytes, BYTES);
  assertEquals(await Array.fromAsync(object.store.list("a/IM0002")), []);
});

Deno.test("locateSeries finds nothing in a bucket where neither folder nor object is", async () => {
  const objects = new Map([["a/marker", new Uint8Array()], ["b/x", BYTES]]);
  await using server = startRangeServer({ objects });
  const { env } = server;
  for (const key of ["a/none", "a/marker"]) {
    assertEquals(await keysOf(await locateSeries(`s3://idc-open-data/${key}`, { env })), []);
  }
  server.misbehave({ status: 403 });
  const refused = await locateSeries("s3://idc-open-data/c", { env });
  await assertRejects(() => keysOf(refused), AccessDeniedError);
});

for (
  const [spec, variables, cacheKey] of [
    ["s3://bucket/a/", {}, "s3://bucket/a/"],
    ["s3://bucket/a", { AWS_ENDPOINT_URL: "http://one:9000" }, "s3://bucket/a/#http://one:9000/"],
    ["s3://bucket/a/", { AWS_ENDPOINT_URL: "http://me:pw@two" }, "s3://bucket/a/#http://two/"],
    ["s3://bucket/1.dcm", { AWS_ENDPOINT_URL_S3: "http://x" }, "s3://bucket/1.dcm#http://x/"],
    ["gs://bucket/a/", { STORAGE_EMULATOR_HOST: "one:9000" }, "gs://bucket/a/#http://one:9000/"],
    ["gs://bucket/a/", { AWS_ENDPOINT_URL: "http://one:9000" }, "gs://bucket/a/"],
    [UUID, { AWS_ENDPOINT_URL: "http://x" }, `s3://idc-open-data/${UUID}/#http://x/`],
    ["http://host/x/", {}, "http://host/x/"],
    ["http://host/x/?s=A", {}, "http://host/x/?s=A"],
    ["http://me:pw@host/x/?s=B#part", { AWS_ENDPOINT_URL: "http://x" }, "http://host/x/?s=B"],
    ["http://host/x/1.dcm?s=A", {}, "http://host/x/1.dcm?s=A"],
    ["demo:ct", { AWS_ENDPOINT_URL: "http://x" }, "demo:ct/"],
    ["file:///", {}, "file:///"],
  ] as [string, Record<string, string>, string][]
) {
  Deno.test(`locateSeries tells ${spec} from others by ${cacheKey}`, async () => {
    const located = await locateSeries(spec, { fetch: noFetch, env: (name) => variables[name] });
    assertEquals(located.cacheKey, cacheKey);
    assertEquals(located.address, cacheKey.replace(/[?#].*/, ""));
  });
}

Deno.test("locateSeries asks a web server what an address without a slash is", async () => {
  await using server = serve("a/IM0001", "a/IM0001.bak", "a/1.2.840.1/1", "c/index.json");
  const object = await locateSeries(`${server.url}/a/IM0001?token=x`);
  assertEquals(object.address, `${server.url}/a/IM0001`);
  assertEquals(await keysOf(object), ["IM0001"]);
  assertEquals((await object.store.get(object.prefix)).bytes, BYTES);
  const folder = await locateSeries(`${server.url}/a/1.2.840.1?token=x`);
  assertEquals(folder.address, `${server.url}/a/1.2.840.1/`);
  assertEquals(await keysOf(folder), ["1"]);
  assert(server.log.every(({ query }) => query.get("token") === "x"));
  const missing = await locateSeries(`${server.url}/none`);
  await assertRejects(() => keysOf(missing), NotFoundError, `${server.url}/none/ (404)`);
});

Deno.test("locateSeries finds the demo, and one object of it", async () => {
  const demo = await locateSeries("demo:ct", offline);
  assertEquals(told(demo), { prefix: "ct/", address: "demo:ct/", folder: "ct" });
  const keys = await keysOf(demo);
  assertEquals(keys[0], "ct/0001.dcm");
  assertEquals(told(await locateSeries("DEMO:ct/", offline)), told(demo));
  const object = await locateSeries("demo:ct/0007.dcm", offline);
  assertEquals(object.address, "demo:ct/0007.dcm");
  assertEquals(await keysOf(object), ["ct/0007.dcm"]);
});

Deno.test("locateSeries stops when aborted", async () => {
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  for (const spec of [UUID, "389*", "s3://bucket/a"]) {
    const error = await assertRejects(() => locateSeries(spec, { ...offline, signal }));
    assertStrictEquals(error, reason);
  }
});
