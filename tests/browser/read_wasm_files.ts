/** What a page is told of WASM files, and the files by the path it asks for them. */
export interface WasmFiles {
  /** The import map, as the page on the library shows it. */
  readonly importMap: string;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** Reads the import map that `docs/api.md` shows, and the files it speaks of from their packages. */
export async function readWasmFiles(): Promise<WasmFiles> {
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const [, importMap] = /<script type="importmap">\n([^]*?)<\/script>/.exec(text)!;
  const { imports } = JSON.parse(importMap!) as { readonly imports: Record<string, string> };
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, path] of Object.entries(imports)) {
    files.set(path, await Deno.readFile(new URL(import.meta.resolve(name))));
  }
  return { importMap: importMap!, files };
}
