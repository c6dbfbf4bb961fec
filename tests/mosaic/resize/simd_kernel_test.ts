import asc from "assemblyscript/asc";
import { assert, assertEquals } from "@std/assert";
import { simdKernel } from "../../../mosaic/resize/simd_kernel.ts";

const source = new URL("../../../mosaic/resize/simd_kernel.as", import.meta.url);
const target = new URL("../../../mosaic/resize/simd_kernel.ts", import.meta.url);

/** Compiles the kernel's source. */
async function compile(): Promise<Uint8Array> {
  const text = await Deno.readTextFile(source);
  let binary: Uint8Array | null = null;
  const flags = "--runtime stub --importMemory --noAssert --enable simd -O3".split(" ");
  const { error, stderr } = await asc.main(["kernel.ts", "--outFile", "kernel.wasm", ...flags], {
    readFile: (name: string) => name === "kernel.ts" ? text : null,
    writeFile(_name, bytes) {
      binary = bytes as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null) throw new Error(stderr.toString(), { cause: error });
  return binary!;
}

/** The module that holds a compiled kernel. */
function moduleOf(bytes: Uint8Array): string {
  const lines = bytes.toBase64().match(/.{1,90}/g)!.map((line) => `  "${line}"`);
  return "// Made of simd_kernel.as by `deno task update`.\n\n" +
    "/** The compiled kernel, base64. */\n" +
    `export const simdKernel: string =\n${lines.join(" +\n")};\n`;
}

Deno.test("the kernel is what its source is compiled to", async () => {
  const bytes = await compile();
  if (Deno.args.includes("--update")) {
    await Deno.writeTextFile(target, moduleOf(bytes));
    return;
  }
  assertEquals(await Deno.readTextFile(target), moduleOf(bytes));
  assertEquals(Uint8Array.fromBase64(simdKernel), bytes);
  assert(WebAssembly.validate(bytes as BufferSource));
});
