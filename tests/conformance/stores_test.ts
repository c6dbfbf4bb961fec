import { dirname, join } from "@std/path";
import { GcsStore } from "../../retriever/gcs_store.ts";
import { HttpStore } from "../../retriever/http_store.ts";
import { LocalStore } from "../../retriever/local_store.ts";
import { MemoryStore } from "../../retriever/memory_store.ts";
import { S3Store } from "../../retriever/s3_store.ts";
import type { Store } from "../../retriever/store.ts";
import type { AutoindexStyle } from "../support/autoindex.ts";
import type { RangeServer, RangeServerOptions } from "../support/range_server.ts";
import { startRangeServer } from "../support/range_server.ts";
import { sampleObjects } from "./sample_objects.ts";
import { type OpenStore, testStore } from "./test_store.ts";

testStore("a memory store", () => {
  const objects = sampleObjects();
  return { store: new MemoryStore(objects), objects, [Symbol.asyncDispose]: async () => {} };
});

testStore("a local store", async () => {
  const objects = sampleObjects();
  const folder = await Deno.makeTempDir({ prefix: "local store #" });
  for (const [key, bytes] of objects) {
    const path = join(folder, key);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, bytes);
  }
  return {
    store: new LocalStore(folder),
    objects,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
});

testStore("an S3 store, listed in small pages,", () =>
  served(
    { maxKeys: 3 },
    (server) => new S3Store(server.bucket, { env: server.env }),
  ));

testStore("a signed S3 store", () => {
  const credentials = {
    accessKeyId: "AKIAEXAMPLE",
    secretAccessKey: "secret/with+signs=",
    sessionToken: "token==",
    region: "eu-test-1",
  };
  return served({ credentials }, (server) => new S3Store(server.bucket, { env: server.env }));
});

testStore(
  "an S3 store in virtual-host style",
  () =>
    served({}, (server) =>
      new S3Store(server.bucket, {
        region: "eu-test-1",
        credentials: null,
        env: () => undefined,
        fetch: asHost("idc-open-data.s3.eu-test-1.amazonaws.com", server),
      })),
);

testStore("a GCS store", () =>
  served({ maxKeys: 5 }, (server) =>
    new GcsStore(server.bucket, {
      env: () => undefined,
      fetch: asHost("storage.googleapis.com", server),
    })));

const styles: AutoindexStyle[] = ["nginx", "nginx-json", "caddy-json", "apache", "python", "deno"];
for (const autoindex of styles) {
  testStore(
    `an HTTP store of a server that lists as ${autoindex} does`,
    () => served({ autoindex }, (server) => new HttpStore(`${server.url}/?token=x`)),
  );
}

testStore("an HTTP store with manifests", () => {
  const objects = sampleObjects();
  const opened = served(
    { autoindex: null, objects: new Map([...objects, ...manifests(objects)]) },
    (server) => new HttpStore(server.url),
  );
  return { ...opened, objects };
});

/** A store of the sample objects behind a server. */
function served(
  options: Partial<RangeServerOptions>,
  open: (server: RangeServer) => Store,
): OpenStore {
  const objects = sampleObjects();
  const server = startRangeServer({ objects, ...options });
  return {
    store: open(server),
    objects,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A fetch that leads to the server whatever goes to a host, and fails for any other. */
function asHost(host: string, server: RangeServer): typeof fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    if (url.host !== host || url.protocol !== "https:") throw new Error(`asked ${url}`);
    const headers = new Headers(init?.headers);
    headers.set("x-forwarded-host", host);
    return await fetch(server.url + url.pathname + url.search, { ...init, headers });
  };
}

/** A manifest for every folder, of all that is in it and below. */
function manifests(objects: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (
    const folder of ["", "series/", "series/sub/", "series/sub/deeper/", "series-b/", "other/"]
  ) {
    const instances = [...objects]
      .filter(([key]) => key.startsWith(folder))
      .map(([key, { length }], index) => {
        const name = key.slice(folder.length);
        return index % 2 === 0 ? { name, size: length } : { key: name };
      });
    const json = JSON.stringify(folder === "" ? { instances } : instances);
    found.set(`${folder}index.json`, new TextEncoder().encode(json));
  }
  return found;
}
