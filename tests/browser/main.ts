/**
 * Has Chromium decode a frame of every transfer syntax, draw, encode and index by the bundle, and
 * compares the frames with what Deno makes of them, where there is a Chromium on `PATH` or `CHROMIUM`
 * names one.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { decodePixels } from "@dicom/series-preview/dicom";
import { assert, assertEquals } from "@std/assert";
import { findChromium } from "../player/find_chromium.ts";
import { openInChromium } from "../player/open_in_chromium.ts";
import { bundleCore } from "../support/bundle_core.ts";
import { compressedImages } from "../support/compressed_images.ts";
import { listCodecFiles } from "./list_codec_files.ts";
import { page } from "./page.ts";
import { readWasmFiles } from "./read_wasm_files.ts";

interface Report {
  readonly error?: string;
  readonly decoded: Readonly<Record<string, string>>;
  readonly failed: number;
  readonly pictures: Readonly<Record<string, readonly number[]>>;
  readonly video: number;
  readonly parquet: number;
}

/** Has a page run, and answers what it told. */
async function runPage(
  chromium: string,
  objects: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<Report> {
  const folder = await Deno.makeTempDir();
  const report = Promise.withResolvers<Report>();
  const { importMap, files } = await readWasmFiles();
  const bundle = await Deno.readFile(await bundleCore(folder));
  await Deno.remove(folder, { recursive: true });
  const typed = (body: BodyInit, type: string) =>
    new Response(body, { headers: { "content-type": type } });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const wasm = files.get(pathname);
      if (wasm !== undefined) return typed(wasm, "application/wasm");
      switch (pathname) {
        case "/":
          return typed(page(importMap), "text/html");
        case "/bundle.js":
          return typed(bundle, "text/javascript");
        case "/names":
          return Response.json([...objects.keys()]);
        case "/object":
          return new Response(objects.get(decodeURIComponent(search.slice(1)))!);
        case "/report":
          report.resolve(await request.json());
          return new Response();
        default:
          return new Response("", { status: 404 });
      }
    },
  );
  try {
    await using open = await openInChromium(chromium, `http://127.0.0.1:${server.addr.port}/`);
    return await Promise.race([report.promise, open.ended]);
  } finally {
    await server.shutdown();
  }
}

if (import.meta.main) {
  const chromium = await findChromium();
  if (chromium === null) {
    console.log("skipped: there is no Chromium; CHROMIUM names one");
    Deno.exit(0);
  }
  const objects = new Map([...await compressedImages(), ...await listCodecFiles()]);
  const { error, decoded, failed, pictures, video, parquet } = await runPage(chromium, objects);
  assertEquals(error, undefined);
  for (const [name, object] of objects) {
    const { data } = await decodePixels(object, { frames: [0] });
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const digest = await crypto.subtle.digest("SHA-256", bytes.slice());
    assertEquals(decoded[name], new Uint8Array(digest).toHex(), name);
  }
  const size = [384, 384];
  assertEquals([failed, pictures], [0, { png: size, webp: size, jpeg: size }]);
  assert(video > 1000 && parquet > 1000);
  console.log(`${objects.size} frames are what Deno decodes; ${video} bytes of video`);
}
