/**
 * Reads from s3rver as from a hostile server, for it answers some ranges with other bytes than
 * asked for: `deno task test:servers`. npm brings it.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a job whose skips are told
import { assertEquals, assertGreater } from "@std/assert";
import { compareKeys } from "../../../retriever/compare_keys.ts";
import { S3Store } from "../../../retriever/s3_store.ts";
import { temporaryFolder } from "../../cli/temporary_folder.ts";
import { checkHostile } from "./check_store.ts";
import { fillBucket } from "./fill_bucket.ts";
import { answers, freePort, Program, until } from "./programs.ts";
import { sampleFolder } from "./sample_folder.ts";

const credentials = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

Deno.test("s3rver", async () => {
  await using folder = await temporaryFolder();
  const port = freePort();
  const program = ["run", "-A", "--no-lock", "--quiet", "--no-config", "npm:s3rver@3.7.1"];
  const args = ["-d", folder.path, "-a", "127.0.0.1", "-p", `${port}`];
  await using _s3rver = new Program(Deno.execPath(), [...program, ...args]);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await until(`s3rver at ${endpoint}`, () => answers(endpoint), 60);
  } catch (error) {
    return console.log(`skipped: ${(error as Error).message}; npm must be in reach`);
  }
  const objects = sampleFolder();
  await fillBucket(endpoint, "bucket", objects, { credentials });
  const store = new S3Store("bucket", { endpoint, credentials });
  const listed = (await Array.fromAsync(store.list(""))).map(({ key }) => key);
  assertEquals(listed, [...objects.keys()].sort(compareKeys));
  const refused = await checkHostile(store, objects);
  assertGreater(refused, 0);
  console.log(`s3rver: ${refused} ranges were answered wrongly, and refused`);
});
