import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { AccessDeniedError, NotFoundError, ProtocolError, UsageError } from "../../errors.ts";
import { S3Store, type S3StoreOptions } from "../../retriever/s3_store.ts";
import { createTransferStats } from "../../retriever/transfer_stats.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { startRangeServer } from "../support/range_server.ts";

const CREDENTIALS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret", region: "eu-test-1" };
const OBJECTS = new Map([["a/1.dcm", new Uint8Array([1, 2, 3])]]);

/** The URLs that a store asks for an object and for a listing. */
async function urlsOf(bucket: string, options: S3StoreOptions): Promise<string[]> {
  const urls: string[] = [];
  const store = new S3Store(bucket, {
    env: () => undefined,
    ...options,
    fetch: (input) => {
      urls.push(String(input));
      return Promise.resolve(new Response("<ListBucketResult/>"));
    },
  });
  await store.get("a/b+c d.dcm");
  await Array.fromAsync(store.list("a/b+c d/"));
  return urls;
}

Deno.test("S3Store speaks virtual-host style to AWS", async () => {
  const query = "?list-type=2&encoding-type=url&prefix=a%2Fb%2Bc%20d%2F";
  assertEquals(await urlsOf("idc-open-data", {}), [
    "https://idc-open-data.s3.amazonaws.com/a/b%2Bc%20d.dcm",
    `https://idc-open-data.s3.amazonaws.com/${query}`,
  ]);
  assertEquals(await urlsOf("idc-open-data", { region: "eu-central-1" }), [
    "https://idc-open-data.s3.eu-central-1.amazonaws.com/a/b%2Bc%20d.dcm",
    `https://idc-open-data.s3.eu-central-1.amazonaws.com/${query}`,
  ]);
  assertEquals(
    (await urlsOf("idc-open-data", { region: "cn-north-1" }))[0],
    [
      "https://idc-open-data.s3.cn-north-1.amazonaws.com.cn/a/b%2Bc%20d.dcm",
    ][0],
  );
});

Deno.test("S3Store speaks path style where the bucket's name fits no host name", async () => {
  for (const bucket of ["my.bucket", "My_Bucket"]) {
    const [object, listing] = await urlsOf(bucket, { region: "eu-west-1" });
    assertEquals(object, `https://s3.eu-west-1.amazonaws.com/${bucket}/a/b%2Bc%20d.dcm`);
    assertStringIncludes(listing!, `https://s3.eu-west-1.amazonaws.com/${bucket}?list-type=2`);
  }
});

Deno.test("S3Store speaks path style to an endpoint of the environment", async () => {
  const env = (entries: Record<string, string>) => ({ env: (name: string) => entries[name] });
  const both = { AWS_ENDPOINT_URL: "http://minio:9000", AWS_ENDPOINT_URL_S3: "https://s3.test/x/" };
  assertEquals(
    (await urlsOf("bucket", env({ AWS_ENDPOINT_URL: "http://minio:9000" })))[0],
    [
      "http://minio:9000/bucket/a/b%2Bc%20d.dcm",
    ][0],
  );
  assertEquals((await urlsOf("bucket", env(both)))[0], "https://s3.test/x/bucket/a/b%2Bc%20d.dcm");
  const [own] = await urlsOf("bucket", { ...env(both), endpoint: "http://own" });
  assertEquals(own, "http://own/bucket/a/b%2Bc%20d.dcm");
  const [region] = await urlsOf("bucket", env({ AWS_DEFAULT_REGION: "us-west-2", AWS_REGION: "" }));
  assertEquals(region, "https://bucket.s3.us-west-2.amazonaws.com/a/b%2Bc%20d.dcm");
});

Deno.test("S3Store refuses an endpoint or a bucket that is none", () => {
  for (const endpoint of ["minio:9000", "ftp://minio", "not a url"]) {
    const make = () => new S3Store("bucket", { endpoint, env: () => undefined });
    assertThrows(make, UsageError, "AWS_ENDPOINT_URL");
  }
  for (const bucket of ["", "..", "a/b", "evil.com#", "a b"]) {
    assertThrows(() => new S3Store(bucket, { env: () => undefined }), UsageError, "bucket");
  }
});

Deno.test("S3Store lists 2,500 keys in three requests", async () => {
  const keys = Array.from({ length: 2500 }, (_, index) => `a/${`${index}`.padStart(5, "0")}.dcm`);
  const bytes = new Uint8Array(1);
  await using server = startRangeServer({ objects: new Map(keys.map((key) => [key, bytes])) });
  const store = new S3Store(server.bucket, { env: server.env });
  const entries = await Array.fromAsync(store.list("a/"));
  assertEquals(entries.map(({ key }) => key), keys);
  assertEquals(server.log.length, 3);
  assertEquals(server.log.map(({ query }) => query.get("prefix")), ["a/", "a/", "a/"]);
});

Deno.test("S3Store reads no further page than is asked for", async () => {
  const keys = Array.from({ length: 50 }, (_, index) => [`a/${index}`, new Uint8Array(1)] as const);
  await using server = startRangeServer({ objects: new Map(keys), maxKeys: 10 });
  const store = new S3Store(server.bucket, { env: server.env });
  for await (const entry of store.list("a/")) {
    assertEquals(entry.key, "a/0");
    break;
  }
  assertEquals(server.log.length, 1);
});

Deno.test("S3Store leaves the markers of empty folders out of a listing", async () => {
  const objects = new Map([...OBJECTS, ["a/", new Uint8Array()], ["a/b/", new Uint8Array()]]);
  await using server = startRangeServer({ objects });
  const store = new S3Store(server.bucket, { env: server.env });
  const entries = await Array.fromAsync(store.list("a/"));
  assertEquals(entries.map(({ key }) => key), ["a/1.dcm"]);
});

Deno.test("S3Store refuses a listing that goes in circles", async () => {
  const body = "<ListBucketResult><IsTruncated>true</IsTruncated>" +
    "<NextContinuationToken>again</NextContinuationToken>" +
    "<Contents><Key>a/1.dcm</Key></Contents></ListBucketResult>";
  await using server = startRangeServer({ objects: OBJECTS });
  server.misbehave({ status: 200, body });
  const store = new S3Store(server.bucket, { env: server.env });
  await assertRejects(() => Array.fromAsync(store.list("a/")), ProtocolError, "in circles");
  assertEquals(server.log.length, 2);
});

Deno.test("S3Store tries a page again and says what is missing", async () => {
  await using server = startRangeServer({ objects: OBJECTS });
  server.misbehave({ status: 500, times: 1 }, { cutAt: 100, times: 1 });
  const stats = createTransferStats();
  const store = new S3Store(server.bucket, { env: server.env, stats, ...fakeClock() });
  assertEquals((await Array.fromAsync(store.list("a/"))).length, 1);
  assertEquals([stats.requests, stats.retries], [3, 2]);
  server.misbehave({ status: 404, body: "<Error><Code>NoSuchBucket</Code></Error>" });
  await assertRejects(
    () => Array.fromAsync(store.list("a/")),
    NotFoundError,
    "nothing at s3://idc-open-data/a/ (404 NoSuchBucket)",
  );
});

Deno.test("S3Store is refused when it signs with the wrong secret, or not at all", async () => {
  await using server = startRangeServer({ objects: OBJECTS, credentials: CREDENTIALS });
  const env = server.env;
  const right = new S3Store(server.bucket, { env });
  assertEquals((await right.get("a/1.dcm")).bytes, OBJECTS.get("a/1.dcm"));
  const wrong = new S3Store(server.bucket, {
    env,
    credentials: { ...CREDENTIALS, secretAccessKey: "another" },
  });
  const error = await assertRejects(
    () => wrong.get("a/1.dcm"),
    AccessDeniedError,
    "no access to s3://idc-open-data/a/1.dcm (403 SignatureDoesNotMatch); check your AWS credentials",
  );
  assertEquals(error.address, "s3://idc-open-data/a/1.dcm");
  const anonymous = new S3Store(server.bucket, { env, credentials: null });
  await assertRejects(
    () => anonymous.get("a/1.dcm"),
    AccessDeniedError,
    "(403 AccessDenied); check the address, or set AWS_ACCESS_KEY_ID",
  );
});

Deno.test("S3Store signs a listing of a prefix with every kind of character", async () => {
  const prefix = "it's (1)*!~ a+b&c=d/größe/";
  const objects = new Map([[`${prefix}1.dcm`, new Uint8Array(1)]]);
  await using server = startRangeServer({ objects, credentials: CREDENTIALS });
  const store = new S3Store(server.bucket, { env: server.env });
  const entries = await Array.fromAsync(store.list(prefix));
  assertEquals(entries.map(({ key }) => key), [`${prefix}1.dcm`]);
});

Deno.test("S3Store is anonymous unless it has both an id and a secret", async () => {
  await using server = startRangeServer({ objects: OBJECTS });
  const { environment } = server;
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
    const entries: Record<string, string> = { ...environment, [name]: "x" };
    await new S3Store(server.bucket, { env: (name) => entries[name] }).get("a/1.dcm");
  }
  assertEquals(server.log.map(({ headers }) => headers.get("authorization")), [null, null]);
});

Deno.test("S3Store signs each try anew, by its clock", async () => {
  await using server = startRangeServer({ objects: OBJECTS, credentials: CREDENTIALS });
  server.misbehave({ status: 503, headers: { "retry-after": "30" }, times: 1 });
  const store = new S3Store(server.bucket, { env: server.env, ...fakeClock() });
  await store.get("a/1.dcm");
  assertEquals(server.log.map(({ headers }) => headers.get("x-amz-date")), [
    "20260101T000000Z",
    "20260101T000030Z",
  ]);
});

for (const status of [301, 307, 400]) {
  Deno.test(`S3Store goes to the region that ${status} names, for all its requests`, async () => {
    const hosts: string[] = [];
    let open: () => void;
    const opened = new Promise<void>((resolve) => open = resolve);
    const store = new S3Store("idc-open-data", {
      env: () => undefined,
      credentials: CREDENTIALS,
      region: "eu-central-1",
      fetch: async (input, init) => {
        const { host } = new URL(String(input));
        hosts.push(host);
        const authorization = new Headers(init?.headers).get("authorization")!;
        assertStringIncludes(authorization, `/${host.split(".")[2]}/s3/`);
        if (host.includes("us-east-1")) return new Response(new Uint8Array(3));
        // Both first requests are under way before either is refused.
        if (hosts.length === 2) open();
        await opened;
        const headers = { "x-amz-bucket-region": "us-east-1", location: "https://elsewhere/" };
        return new Response("<Error/>", { status, headers });
      },
    });
    await Promise.all([store.get("a/1.dcm"), store.get("a/2.dcm")]);
    await store.get("a/3.dcm");
    const [wrong, right] = ["eu-central-1", "us-east-1"].map((region) =>
      `idc-open-data.s3.${region}.amazonaws.com`
    );
    assertEquals(hosts, [wrong, wrong, right, right, right]);
  });
}

Deno.test("S3Store goes to no region whose name is none", async () => {
  for (const region of ["evil.com/", "", "us-east-1.evil.com"]) {
    let requests = 0;
    const store = new S3Store("bucket", {
      env: () => undefined,
      fetch: () => {
        requests++;
        const headers = { "x-amz-bucket-region": region };
        return Promise.resolve(new Response(null, { status: 301, headers }));
      },
    });
    await assertRejects(() => store.get("a/1.dcm"), ProtocolError, "answered 301");
    assertEquals(requests, 1);
  }
});

Deno.test("S3Store asks for keys that would lead elsewhere, or refuses them", async () => {
  const urls: string[] = [];
  const store = new S3Store("bucket", {
    env: () => undefined,
    fetch: (input) => {
      urls.push(String(input));
      return Promise.resolve(new Response());
    },
  });
  for (const key of ["/a", "//evil.com/a", "https://evil.com/a", "a//b", "?a=b", "#a"]) {
    await store.get(key);
  }
  assertEquals(urls.map((url) => url.replace("https://bucket.s3.amazonaws.com/", "")), [
    "/a",
    "//evil.com/a",
    "https%3A//evil.com/a",
    "a//b",
    "%3Fa%3Db",
    "%23a",
  ]);
  for (const key of ["", "a/../b", "..", "a/./b"]) {
    await assertRejects(() => store.get(key), UsageError);
  }
});
