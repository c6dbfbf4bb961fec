import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { Buffer } from "node:buffer";
import config from "../../deno.json" with { type: "json" };
import { listSourceFiles } from "../support/read_imports.ts";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** The flags of `deno task compile`. */
const flags = /deno compile (.*) --output/.exec(config.tasks.compile.command)![1]!.split(" ");

/** Reads the sources of the program. */
async function readSources(): Promise<string[]> {
  const files = await listSourceFiles(ROOT);
  const rooms = files.filter((file) => !/^(bench|std|tests|docs)\//.test(file));
  return await Promise.all(rooms.map((file) => Deno.readTextFile(join(ROOT, file))));
}

/** The modules that threads are started from, which no graph knows of either. */
async function listThreads(): Promise<string[]> {
  return (await readSources()).flatMap((source) =>
    [...source.matchAll(/new URL\("\.\/(\w+\.ts)", import\.meta\.url\)/g)].map(([, name]) => name!)
  );
}

/** The WASM files that sources ask for by an address: what no bundler and no graph knows of. */
async function listWasmFiles(): Promise<string[]> {
  return (await readSources()).flatMap((source) =>
    [...source.matchAll(/import\.meta\.resolve\(\s*"(npm:[^"]+)"/g)].map(([, name]) => name!)
  );
}

Deno.test("the binary is given no right to load native code", () => {
  for (const flag of flags) assertEquals(/^(-A|--allow-all|--allow-ffi)/.test(flag), false, flag);
});

Deno.test("the binary holds the command line, every WASM file and every package it may load", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const output = join(folder, "series-preview");
    // Deno itself in place of its runtime, which is on another server: only what is embedded counts.
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["compile", "--no-check", ...flags, "--output", output, "cli.ts"],
      cwd: ROOT,
      env: { DENORT_BIN: Deno.execPath(), NO_COLOR: "1" },
    }).output();
    const said = new TextDecoder().decode(stderr);
    assert(success, said);
    const [, listed = ""] = said.split("Embedded Files");
    for (const command of ["mosaic", "image", "video", "header", "completions"]) {
      assert(listed.includes(` ${command}.ts (`), `${command} is not embedded`);
    }
    assert(!/\.node(\s|$)/m.test(listed), "a package brings a native addon");
    const threads = await listThreads();
    assert(threads.length > 0, "there are threads");
    for (const thread of threads) {
      assert(listed.includes(` ${thread} (`), `${thread} is not embedded`);
      assert(flags.some((flag) => flag.endsWith(`/${thread}`)), `${thread} is not included`);
    }
    const { imports } = config;
    const unused = [
      ...["assemblyscript", "dcmjs", "dicom-parser", "fast-check", "h264decoder"],
      ...["mp4box", "pica"],
    ];
    for (const target of Object.values(imports)) {
      const [, name = ""] = /^npm:(?:@[^/]+\/)?([^@/]+)/.exec(target) ?? [];
      if (name === "" || name === "resize") continue;
      const isListed = new RegExp(`[ /]${name}(/|\\n| \\()`).test(listed);
      assertEquals(isListed, !unused.includes(name), `${name} of ${target}`);
    }

    const binary = Buffer.from(await Deno.readFile(output));
    const wasm = await listWasmFiles();
    assert(wasm.length >= 6, "the codecs and encoders have WASM files");
    const targets = Object.values(imports).map((target) => target.replace(/(@[^@/]+)\/.*$/, "$1/"));
    for (const name of wasm) {
      assert(targets.some((target) => name.startsWith(target)), `${name} is of another version`);
      const bytes = await Deno.readFile(new URL(import.meta.resolve(name)));
      assert(binary.includes(Buffer.from(bytes.buffer)), `${name} is not embedded`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
