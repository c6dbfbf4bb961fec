import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import config from "../deno.json" with { type: "json" };

const ROOT = fromFileUrl(new URL("..", import.meta.url));

/** What a page does with the bundle: an index, a picture, a decoded frame. */
const page = `
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
  const png = await mosaic.encodeImage(image, { format: "png" });
  const { data } = await (await index.getInstance({ position: 0.5 })).getPixels();
  const parquet = await index.toParquet();
  say(JSON.stringify({
    slices: index.sliceCount, failed: failed.length, png: String.fromCharCode(...png.slice(1, 4)),
    pixels: data.length, parquet: String.fromCharCode(...parquet.slice(0, 4)),
    rooms: [typeof dicom.parseHeader, typeof retriever.MemoryStore],
  }));
`;

Deno.test("the core is bundled for a browser, and works where there is no Deno and no Node.js", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const core = Object.entries(config.exports).filter(([name]) => name !== "./cli");
    const entry = core.map(([name, file]) => {
      const room = name === "." ? "main" : name.slice(2).replace("-", "_");
      return `export * as ${room} from ${JSON.stringify(join(ROOT, file))};\n`;
    });
    await Deno.writeTextFile(join(folder, "entry.ts"), entry.join(""));
    await Deno.writeTextFile(join(folder, "page.js"), page);
    const run = async (...args: string[]) => {
      const command = new Deno.Command(Deno.execPath(), {
        args,
        cwd: folder,
        env: { NO_COLOR: "1" },
      });
      const { success, stdout, stderr } = await command.output();
      assert(success, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout);
    };
    const bundling = [
      "--platform=browser",
      "--outdir=bundle",
      `--config=${join(ROOT, "deno.json")}`,
    ];
    await run("bundle", "--quiet", ...bundling, "entry.ts");
    const bundle = await Deno.readTextFile(join(folder, "bundle/entry.js"));
    assertEquals(/^\s*import\s[^("'\n]*["']/m.exec(bundle)?.[0], undefined, "imports are left");
    assertEquals(JSON.parse(await run("run", "--no-prompt", "--no-config", "page.js")), {
      slices: 120,
      failed: 0,
      png: "PNG",
      pixels: 512 * 512,
      parquet: "PAR1",
      rooms: ["function", "function"],
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
