import { compileWasm } from "../dicom/codecs/compile_wasm.ts";

/** An encoder of jSquash: it sets itself up, from its WASM module if one is given. */
interface Encoder {
  readonly init: (module?: WebAssembly.Module) => Promise<unknown>;
}

/**
 * Sets an encoder up with its WASM file as a part of the program, which takes no permission to read
 * files; where the runtime knows no such thing, in the encoder's own way, as bundlers expect it.
 *
 * @param wasm The address of the file.
 */
export async function loadEncoder<Loaded extends Encoder>(
  encoder: Promise<Loaded>,
  wasm: string,
): Promise<Loaded> {
  const loaded = await encoder;
  const module = await compileWasm(wasm).catch(() => null);
  await (module === null ? loaded.init() : loaded.init(module));
  return loaded;
}
