import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { toFileUrl } from "@std/path";
import { compileWasm } from "../../../dicom/codecs/compile_wasm.ts";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { decodeJpegLs } from "../../../dicom/codecs/jpeg_ls.ts";
import { decodeJpegXl } from "../../../dicom/codecs/jpeg_xl.ts";
import { WasmCodec, type WasmLibrary } from "../../../dicom/codecs/wasm_codec.ts";
import { DecodeError } from "../../../errors.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  sampleImage,
} from "./encode_samples.ts";

/** Libraries that take memory as they are told to. */
interface Allocating extends WasmLibrary {
  readonly JpegLSDecoder: new () => { getEncodedBuffer(length: number): Uint8Array };
}

function makeCodec(): WasmCodec<Allocating> {
  return new WasmCodec<Allocating>(
    "test",
    import.meta.resolve("npm:@cornerstonejs/codec-charls@^1.2.7/decodewasm"),
    async () => (await import("@cornerstonejs/codec-charls/decodewasmjs")).default,
  );
}

const formats = [
  [encodeJpegLs, decodeJpegLs],
  [encodeJpeg2000, decodeJpeg2000],
  [encodeHtj2k, decodeHtj2k],
  [encodeJpegXl, decodeJpegXl],
] as const;

Deno.test("Decodes at once, sound and broken ones mixed, do not get in each other's way", async () => {
  const image = sampleImage();
  const description = describeSample(image);
  for (const [encode, decode] of formats) {
    const sound = await encode(image);
    const broken = sound.slice();
    broken.fill(0x11, 150, 190);
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => decode(i % 3 === 1 ? broken : sound, description)),
    );
    results.forEach((result, i) => {
      if (i % 3 === 1) return;
      assert(result.status === "fulfilled");
      assertEquals([...result.value.data], image.values);
    });
  }
});

Deno.test("A library's memory grows no further than it may", async () => {
  const codec = makeCodec();
  const take = (bytes: number) => (library: Allocating) => {
    new library.JpegLSDecoder().getEncodedBuffer(bytes);
    return library.HEAPU8.length;
  };
  await assertRejects(() => codec.run(2 ** 26, take(2 ** 28)), DecodeError, "test frame");
  assertLess(await codec.run(2 ** 26, take(1000)), 2 ** 26 + 1);
  assert(await codec.run(2 ** 29, take(2 ** 28)) > 2 ** 28);
});

Deno.test("A library that has failed or grown large is not used again", async () => {
  const codec = makeCodec();
  const identity = (library: Allocating) => library;
  const first = await codec.run(2 ** 26, identity);
  assert(await codec.run(2 ** 26, identity) === first);
  const failing = () =>
    codec.run(2 ** 26, () => {
      throw new RangeError("out of bounds");
    });
  const error = await assertRejects(failing, DecodeError, "test frame is corrupt: out of bounds");
  assert(error.cause instanceof RangeError);
  const second = await codec.run(2 ** 26, identity);
  assert(second !== first);
  await codec.run(2 ** 29, (library) => new library.JpegLSDecoder().getEncodedBuffer(2 ** 28));
  assert(await codec.run(2 ** 26, identity) !== second);
});

Deno.test("Codecs need no permission and print nothing", async () => {
  const image = sampleImage();
  const streams: [string, string, number[]][] = [];
  for (const [encode, decode] of formats) {
    const path = { JpegLs: "jpeg_ls", Jpeg2000: "jpeg2000", Htj2k: "htj2k", JpegXl: "jpeg_xl" };
    const file = path[decode.name.slice("decode".length) as keyof typeof path];
    const url = new URL(`../../../dicom/codecs/${file}.ts`, import.meta.url).href;
    streams.push([url, decode.name, [...await encode(image)]]);
  }
  const description = describeSample(image);
  const program = [
    ...streams.map(([url, name]) => `import { ${name} } from ${JSON.stringify(url)};`),
    `const description = ${JSON.stringify(description)};`,
    ...streams.map(([, name, bytes]) => {
      const stream = `Uint8Array.of(${bytes.join()})`;
      return [
        `{ const { data } = await ${name}(${stream}, description);`,
        `if (data.join() !== ${JSON.stringify(image.values.join())}) Deno.exit(3);`,
        `await ${name}(${stream}.fill(9, 130, 190), description).catch(() => null); }`,
      ].join("\n");
    }),
  ].join("\n");
  const config = new URL("../../../deno.json", import.meta.url).pathname;
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/decode.ts`;
    await Deno.writeTextFile(file, program);
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "--no-lock", "--quiet", "--config", config, file],
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([text(stdout), text(stderr), code], ["", "", 0]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("Decodes that waited for an instance do not use it after it has failed", async () => {
  const codec = makeCodec();
  const used: Allocating[] = [];
  const outcomes = await Promise.allSettled(
    [true, false, true, false].map((fails) =>
      codec.run(2 ** 26, (library) => {
        used.push(library);
        if (fails) throw new RangeError("out of bounds");
      })
    ),
  );
  assertEquals(outcomes.map(({ status }) => status), [
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  assert(used[0] !== used[1] && used[2] !== used[3]);
});

Deno.test("A WASM file that cannot be imported is read, from a file or a URL", async () => {
  const packaged = import.meta.resolve("npm:@cornerstonejs/codec-charls@^1.2.7/decodewasm");
  const bytes = await Deno.readFile(new URL(packaged));
  const file = await Deno.makeTempFile({ suffix: ".bin" });
  try {
    await Deno.writeFile(file, bytes);
    const inline = `data:application/octet-stream;base64,${bytes.toBase64()}`;
    for (const address of [packaged, toFileUrl(file).href, inline]) {
      const module = await compileWasm(address);
      assert(WebAssembly.Module.exports(module).length > 0);
    }
    const missing = toFileUrl(`${file}.none`).href;
    await assertRejects(() => compileWasm(missing), AggregateError, "cannot be read");
    const codec = new WasmCodec("test", missing, () => Promise.reject(new Error("none")));
    await assertRejects(() => codec.run(0, () => 0), DecodeError, "test cannot be loaded");
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("WASM files are of the versions that the import map has", async () => {
  const root = new URL("../../../", import.meta.url);
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const packages = Object.values<string>(imports).map((target) => target.replace(/\/[^/@]*$/, "/"));
  for (const file of ["jpeg_ls", "jpeg2000", "htj2k", "jpeg_xl"]) {
    const source = await Deno.readTextFile(new URL(`dicom/codecs/${file}.ts`, root));
    const [, wasm = ""] = /resolve\("(npm:[^"]+\/)[^"/]+"\)/.exec(source) ?? [];
    assert(packages.includes(wasm), `${file}: ${wasm}`);
  }
});
