/**
 * Reads from nginx, with and without ranges, and lists by its autoindex:
 * `deno task test:servers`. Installs nginx where it is missing, and starts it on a port of its own.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a job whose skips are told
import { join } from "@std/path";
import { assertEquals, assertLess, assertRejects } from "@std/assert";
import { AccessDeniedError } from "../../../errors.ts";
import { HttpStore } from "../../../retriever/http_store.ts";
import { createTransferStats } from "../../../retriever/transfer_stats.ts";
import { temporaryFolder } from "../../cli/temporary_folder.ts";
import { checkMosaic } from "./check_mosaic.ts";
import { checkStore } from "./check_store.ts";
import { answers, freePort, install, Program, run, until } from "./programs.ts";
import { sampleFolder } from "./sample_folder.ts";

Deno.test("nginx", async (t) => {
  const reason = await install(["nginx"], ["nginx-light"]);
  if (reason !== null) return console.log(`skipped: ${reason}`);
  await using folder = await temporaryFolder();
  const objects = sampleFolder();
  const root = await folder.write("root", objects);
  const names = [...objects.keys()].filter((key) => key.startsWith("series/"));
  await Deno.writeTextFile(
    folder.join("index.json"),
    JSON.stringify(names.map((name) => name.slice("series/".length))),
  );
  const password = (await run("openssl", ["passwd", "-apr1", "hunter2"])).trim();
  await Deno.writeTextFile(folder.join("users"), `ada:${password}\n`);
  const port = freePort();
  await Deno.writeTextFile(folder.join("nginx.conf"), configuration(folder.path, root, port));
  // Its workers, which are of another user when it is started by root, read what it serves.
  await run("chmod", ["-R", "a+rX", folder.path]);
  const args = ["-c", folder.join("nginx.conf"), "-e", folder.join("error.log"), "-p", folder.path];
  await using _nginx = new Program("nginx", [...args, "-g", "daemon off;"]);
  const base = `http://127.0.0.1:${port}`;
  await until(`nginx at ${base}`, () => answers(base), 20);
  const series = join(root, "series");

  for (const style of ["html", "json", "xhtml-gzip"]) {
    await t.step(`with ranges, listing as ${style}`, async () => {
      await checkStore(new HttpStore(`${base}/${style}/`), objects);
      await checkMosaic(`${base}/${style}/series/`, series);
      // Whether the address is a folder's or an object's costs a request, and a redirect here.
      await checkMosaic(`${base}/${style}/series`, series, { requests: 9 + 2 });
    });
  }

  await t.step("without ranges, reading no further than it must", async () => {
    await checkStore(new HttpStore(`${base}/no-ranges/`), objects);
    await checkMosaic(`${base}/no-ranges/series/`, series);
    const stats = createTransferStats();
    const store = new HttpStore(`${base}/no-ranges/`, { stats });
    await store.getRange("odd/deep/er/x", { offset: 10, length: 10 });
    assertLess(stats.bytesFetched, objects.get("odd/deep/er/x")!.length);
  });

  await t.step("without a listing, by an index.json", async () => {
    await checkMosaic(`${base}/unlisted/series/`, series);
  });

  await t.step("behind a password", async () => {
    await checkStore(new HttpStore(`${base.replace("//", "//ada:hunter2@")}/private/`), objects);
    await checkMosaic(`${base.replace("//", "//ada:hunter2@")}/private/series/`, series);
    const error = await assertRejects(
      () =>
        Array.fromAsync(new HttpStore(`${base.replace("//", "//ada:wrong@")}/private/`).list("")),
      AccessDeniedError,
    );
    assertEquals(/ada|wrong/.test(error.message), false);
  });

  await t.step("behind redirects", async () => {
    await checkMosaic(`${base}/moved/series/`, series, { requests: 2 * 9 });
  });
});

function configuration(folder: string, root: string, port: number): string {
  const serve = (name: string, lines: string) =>
    `location /${name}/ { alias ${root}/; ${lines} }\n      `;
  return `pid ${folder}/nginx.pid;
    events {}
    http {
      access_log off;
      default_type application/octet-stream;
      types { text/html html; application/json json; }
      client_body_temp_path ${folder}/body;
      proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi;
      uwsgi_temp_path ${folder}/uwsgi;
      scgi_temp_path ${folder}/scgi;
      server {
        listen 127.0.0.1:${port};
        ${serve("html", "autoindex on;")}
        ${serve("json", "autoindex on; autoindex_format json;")}
        ${serve("xhtml-gzip", "autoindex on; gzip on; gzip_min_length 1; gzip_types *;")}
        ${serve("no-ranges", "autoindex on; max_ranges 0;")}
        ${
    serve("private", `autoindex on; auth_basic "series"; auth_basic_user_file ${folder}/users;`)
  }
        location = /unlisted/series/index.json { alias ${folder}/index.json; }
        ${serve("unlisted", "autoindex off;")}
        location /moved/ { rewrite ^/moved/(.*)$ /html/$1 redirect; }
      }
    }`;
}
