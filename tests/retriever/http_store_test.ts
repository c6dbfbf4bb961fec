import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  AccessDeniedError,
  LimitError,
  NotFoundError,
  ProtocolError,
  UsageError,
} from "../../errors.ts";
import { HttpStore } from "../../retriever/http_store.ts";
import type { Store } from "../../retriever/store.ts";
import { assertTellsNoSecret } from "../support/assert_tells_no_secret.ts";
import { startRangeServer } from "../support/range_server.ts";

const BYTES = new Uint8Array([1, 2, 3]);

async function keysOf(store: Store, prefix = ""): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
}

/** A store of pages by path; what is no page is 404. */
function pages(
  pages: Record<string, string | Response>,
  address = "https://host/data/",
): HttpStore {
  return new HttpStore(address, {
    fetch: (input) => {
      const page = pages[new URL(String(input)).pathname];
      return Promise.resolve(
        page instanceof Response
          ? page
          : new Response(page, { status: page === undefined ? 404 : 200 }),
      );
    },
  });
}

Deno.test("HttpStore sends the query and the password of its address, and shows neither", async () => {
  await using server = startRangeServer({ objects: new Map([["a/sub/1.dcm", BYTES]]) });
  const { host } = new URL(server.url);
  const store = new HttpStore(`http://me:p%C3%A4ss@${host}/a?token=secret#part`);
  assertEquals(await keysOf(store), ["sub/1.dcm"]);
  assertEquals((await store.get("sub/1.dcm")).bytes, BYTES);
  for (const { query, headers } of server.log) {
    assertEquals(query.get("token"), "secret");
    assertEquals(headers.get("authorization"), `Basic ${btoa("me:p\xc3\xa4ss")}`);
  }
  assertEquals(store.url("sub/1.dcm"), `http://${host}/a/sub/1.dcm`);
  for (const failing of [() => store.get("2.dcm"), () => keysOf(store, "none/")]) {
    const error = await assertRejects(failing, NotFoundError);
    assert(!/secret|me:|token/.test(error.message + error.address), error.message);
  }
});

Deno.test("HttpStore takes addresses of the web only", () => {
  for (const address of ["ftp://me:secret@host/", "host/a", "", "file:///a", "http://"]) {
    const error = assertThrows(() => new HttpStore(address), UsageError);
    assert(!error.message.includes("secret"));
  }
});

Deno.test("HttpStore reads index.json where the folder is refused, missing or no listing", async () => {
  const manifest = JSON.stringify(["2.dcm", "1.dcm"]);
  for (
    const page of [
      new Response(null, { status: 403 }),
      new Response(null, { status: 404 }),
      "<html><title>Viewer</title></html>",
      "plain text",
      '{"hello": "world"}',
      "",
    ]
  ) {
    const store = pages({ "/data/": page, "/data/index.json": manifest });
    assertEquals(await keysOf(store), ["1.dcm", "2.dcm"]);
  }
});

Deno.test("HttpStore says what the folder answered where there is no index.json either", async () => {
  const forbidden = pages({ "/data/": new Response(null, { status: 403 }) });
  await assertRejects(() => keysOf(forbidden), AccessDeniedError, "https://host/data/ (403)");
  await assertRejects(() => keysOf(pages({})), NotFoundError, "https://host/data/ (404)");
  const page = "<html><title>Viewer</title></html>";
  for (const rest of [{}, { "/data/index.json": page }]) {
    await assertRejects(
      () => keysOf(pages({ "/data/": page, ...rest })),
      ProtocolError,
      "https://host/data/ lists no files; have its server list them, or put an index.json",
    );
  }
});

Deno.test("HttpStore refuses malformed JSON", async () => {
  const store = pages({ "/data/": '[{"name": "1.dcm"}, {"patient": Nemo}]' });
  const error = await assertRejects(() => keysOf(store), ProtocolError, "malformed JSON");
  assertTellsNoSecret(error);
});

Deno.test("HttpStore lists a folder by where its page really is", async () => {
  await using server = startRangeServer({ objects: new Map([["real/1.dcm", BYTES]]) });
  const location = "/real/";
  server.misbehave({ status: 302, headers: { location }, when: ({ path }) => path === "/alias/" });
  const store = new HttpStore(`${server.url}/alias/`);
  assertEquals(await keysOf(store), ["1.dcm"]);
});

Deno.test("HttpStore lists a folder whose server takes the slash off its address", async () => {
  const html = '<a href="/data/1.dcm">1</a><a href="data/2.dcm">2</a><a href="/3.dcm">3</a>';
  const store = pages({ "/data/": Response.redirect("https://host/data"), "/data": html });
  assertEquals(await keysOf(store), ["1.dcm", "2.dcm"]);
});

Deno.test("HttpStore lists an empty folder as empty", async () => {
  assertEquals(await keysOf(pages({ "/data/": "<h1>Index of /data/</h1>" })), []);
  assertEquals(await keysOf(pages({ "/data/": "[]" })), []);
});

Deno.test("HttpStore follows folders without end only so far", async () => {
  let requests = 0;
  const store = new HttpStore("https://host/data/", {
    fetch: () => {
      requests++;
      return Promise.resolve(new Response('<a href="again/">'));
    },
  });
  const error = await assertRejects(() => keysOf(store), LimitError, "deeper than 16");
  assertEquals(requests, 16);
  assertEquals(error.address, `https://host/data/${"again/".repeat(16)}`);
});

Deno.test("HttpStore asks for listings as such, and for objects without a wish", async () => {
  await using server = startRangeServer({ objects: new Map([["1.dcm", BYTES]]) });
  const store = new HttpStore(server.url);
  await keysOf(store);
  await store.get("1.dcm");
  assertEquals(server.log.map(({ headers }) => headers.get("accept")), [
    "application/json, text/html;q=0.9, */*;q=0.1",
    "*/*",
  ]);
});

Deno.test("HttpStore gives no key to an address of another server or folder", () => {
  const store = new HttpStore("https://host/data%20set/");
  assertEquals(store.key("https://host/data%20set/a%2Bb/1.dcm?x#y"), "a+b/1.dcm");
  assertEquals(store.key("https://host/data set/1.dcm"), "1.dcm");
  for (
    const other of ["http://host/data%20set/1", "https://host:1/data%20set/1", "https://host/1"]
  ) {
    assertEquals(store.key(other), null);
  }
});
