import { seriesName } from "@dicom/series-preview/index-cache";
import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";

const UUID = "38902e14-b11f-4548-910e-771ee757dc82";

/** The first 12 hex digits of an address's SHA-256. */
async function digits(address: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(address));
  return new Uint8Array(digest).toHex().slice(0, 12);
}

Deno.test("a series under the default root is named by its folder", async () => {
  assertEquals(await seriesName(`s3://idc-open-data/${UUID}`), UUID);
  assertEquals(await seriesName(`s3://idc-open-data/${UUID}/`), UUID);
  assertEquals(await seriesName(`s3://other/x/${UUID}`, { root: "s3://other/x/" }), UUID);
});

Deno.test("a series under the default root keeps its name through another server", async () => {
  const address = `s3://idc-open-data/${UUID}`;
  assertEquals(await seriesName(`${address}/#http://127.0.0.1:9000/`), UUID);
  assertEquals(await seriesName(`${address}#https://mirror.example/s3/`), UUID);
  const one = await seriesName(`${address}/#1.2.3`);
  const other = await seriesName(`${address}/#http://127.0.0.1:9000/#1.2.3`);
  for (const name of [one, other]) assertMatch(name, new RegExp(`^${UUID}-[0-9a-f]{12}$`));
});

Deno.test("queries and servers tell series apart, and are in no name", async () => {
  const keys = ["http://h/x/", "http://h/x/?s=A", "http://h/x/?s=B", "s3://b/x/#http://h/"];
  const names = await Promise.all(keys.map((key) => seriesName(key)));
  names.forEach((name) => assertMatch(name, /^x-[0-9a-f]{12}$/));
  assertEquals(new Set(names).size, names.length);
  assertMatch(await seriesName("http://h/x/?path=/a/secret"), /^x-[0-9a-f]{12}$/);
});

Deno.test("any other series is named by its last part and the hash of its address", async () => {
  const cases: Readonly<Record<string, string>> = {
    [`s3://other/${UUID}`]: UUID,
    [`s3://idc-open-data/deep/${UUID}`]: UUID,
    "s3://idc-open-data/not-a-uuid": "not-a-uuid",
    "https://example.org/data/Head CT (1)": "Head-CT-1",
    "file:///data/%E5%B1%B1/..hidden": "hidden",
    "demo:ct": "ct",
    "file:///": "series",
    "https://example.org/a/series?token=secret": "series",
    [`file:///${"x".repeat(300)}`]: "x".repeat(64),
  };
  for (const [address, name] of Object.entries(cases)) {
    const hashed = await digits(address.replace(/\/+$/, ""));
    assertEquals(await seriesName(address), `${name}-${hashed}`);
  }
});

Deno.test("names are plain, and differ where addresses do", async () => {
  const addresses = ["s3://a/b", "s3://a/b/c", "gs://a/b", "s3://a/B", "s3://a/b?x", "s3://a/\0"];
  const names = await Promise.all(addresses.map((address) => seriesName(address)));
  names.forEach((name) => assertMatch(name, /^[A-Za-z0-9][A-Za-z0-9._-]*-[0-9a-f]{12}$/));
  assertEquals(new Set(names).size, names.length);
  assertNotEquals(await seriesName("s3://a/b"), await seriesName("s3://a/b/x"));
});
