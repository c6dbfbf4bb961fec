import { decodePixels } from "@dicom/series-preview/dicom";
import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path";
import { bundleCore } from "./support/bundle_core.ts";
import { compressedImages } from "./support/compressed_images.ts";

/** What a page does with the bundle: an index, pictures of all formats, a video, decoded frames. */
const page = `
  import { readFileSync } from "node:fs";
  const objects = JSON.parse(readFileSync("objects.json", "utf8"));
  const say = console.log;
  for (const name of ["Deno", "process", "Buffer", "global", "setImmediate", "clearImmediate"]) {
    delete globalThis[name];
    if (name in globalThis) throw new Error(name + " stays");
  }
  const { contrast, dicom, main, mosaic, retriever } = await import("./bundle/entry.js");
  const index = await main.SeriesIndex.open("demo:ct");
  const { image, failed } = await index.renderMosaic({
    samples: 4, width: 64, contrast: contrast.parseContrast("bone"),
  });
  const ascii = (bytes, start, end) => String.fromCharCode(...bytes.subarray(start, end));
  const png = await mosaic.encodeImage(image, { format: "png" });
  const webp = await mosaic.encodeImage(image, { format: "webp" });
  const jpeg = await mosaic.encodeImage(image, { format: "jpeg" });
  const video = await index.renderFrames({ samples: 2, width: 64 }, (frames) => mosaic.encodeVideo(frames));
  const { data } = await (await index.getInstance({ position: 0.5 })).getPixels();
  const parquet = await index.toParquet();
  const decoded = {};
  for (const [name, object] of Object.entries(objects)) {
    const { data } = await dicom.decodePixels(Uint8Array.fromBase64(object));
    decoded[name] = [...data];
  }
  say(JSON.stringify({
    decoded,
    seen: {
      slices: index.sliceCount, failed: failed.length, pixels: data.length,
      png: ascii(png, 1, 4), webp: ascii(webp, 8, 12), jpeg: ascii(jpeg, 6, 10),
      video: ascii(video.result, 4, 8), parquet: ascii(parquet, 0, 4),
      rooms: [typeof dicom.parseHeader, typeof retriever.MemoryStore],
    },
  }));
`;

Deno.test("the core is bundled for a browser, and works where there is no Deno and no Node.js", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const images = await compressedImages();
    const objects = Object.fromEntries(
      [...images].map(([name, bytes]) => [name, bytes.toBase64()]),
    );
    await Deno.writeTextFile(join(folder, "objects.json"), JSON.stringify(objects));
    await Deno.writeTextFile(join(folder, "page.js"), page);
    const bundle = await Deno.readTextFile(await bundleCore(folder));
    assertEquals(/^\s*import\s[^("'\n]*["']/m.exec(bundle)?.[0], undefined, "imports are left");

    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--allow-read=objects.json", "--no-config", "page.js"],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const { decoded, seen } = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(seen, {
      slices: 120,
      failed: 0,
      pixels: 512 * 512,
      png: "PNG",
      webp: "WEBP",
      jpeg: "JFIF",
      video: "ftyp",
      parquet: "PAR1",
      rooms: ["function", "function"],
    });
    for (const [name, bytes] of images) {
      assertEquals(decoded[name], [...(await decodePixels(bytes)).data], name);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
