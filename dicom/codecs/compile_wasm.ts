/**
 * Compiles a WASM file, as npm packages have them.
 *
 * @param address Its address: where Deno keeps the package, or any URL.
 */
export async function compileWasm(address: string): Promise<WebAssembly.Module> {
  try {
    // The one way that needs no permission to read: the file is a part of the program.
    // TypeScript and bundlers cannot read the syntax yet, so it is made from text.
    const importSource = new Function("address", "return import.source(address)");
    return await importSource(address);
  } catch (unsupported) {
    try {
      return await WebAssembly.compile(await readBytes(address));
    } catch (cause) {
      throw new AggregateError([unsupported, cause], "the WASM file cannot be read", { cause });
    }
  }
}

async function readBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  if (address.startsWith("file:")) {
    const { readFile } = await import("node:fs/promises");
    return new Uint8Array(await readFile(new URL(address)));
  }
  return await (await fetch(address)).bytes();
}
