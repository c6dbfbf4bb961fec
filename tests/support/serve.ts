/**
 * Serves a folder by hand, as S3 and as a web server:
 * `deno run -A tests/support/serve.ts FOLDER [PORT]`.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { startRangeServer } from "./range_server.ts";

if (import.meta.main) {
  const [folder, port = "0"] = Deno.args;
  if (folder === undefined) {
    console.error("usage: deno run -A tests/support/serve.ts FOLDER [PORT]");
    Deno.exit(2);
  }
  const server = startRangeServer({ objects: folder, port: Number(port) });
  console.log(`AWS_ENDPOINT_URL=${server.url}   (bucket ${server.bucket} is ${folder})`);
  console.log(`${server.url}/           (the same as web folders)`);
}
