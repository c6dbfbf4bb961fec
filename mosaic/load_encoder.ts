import { compileWasm } from "../dicom/codecs/compile_wasm.ts";
import { withoutProcess } from "../runtime/without_process.ts";

/** A WebAssembly encoder that is set up. */
export interface WasmEncoder<Options> {
  /** Encodes RGBA, row by row; null when it fails. */
  encode(rgba: Uint8ClampedArray, width: number, height: number, options: Options):
    | Uint8Array
    | null;
}

/** What an encoder is set up with, by which it needs no file. */
interface Setup {
  readonly noInitialRun: true;
  readonly instantiateWasm?: (
    imports: WebAssembly.Imports,
    callback: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
}

/** The glue of an encoder of jSquash, as emscripten writes it. */
interface Glue<Options> {
  readonly default: (setup: Setup) => Promise<WasmEncoder<Options>>;
}

/**
 * Sets an encoder up with its WASM file as a part of the program, which takes no permission to read
 * files; where the runtime knows no such thing, in the encoder's own way, as bundlers expect it.
 *
 * @param loading The encoder's glue.
 * @param wasm The address of the file.
 */
export async function loadEncoder<Options>(
  loading: Promise<unknown>,
  wasm: string,
): Promise<WasmEncoder<Options>> {
  const glue = await loading as Glue<Options>;
  const module = await compileWasm(wasm).catch(() => null);
  if (module === null) return await glue.default({ noInitialRun: true });
  return await withoutProcess(() =>
    glue.default({
      noInitialRun: true,
      instantiateWasm(imports, callback) {
        const instance = new WebAssembly.Instance(module, imports);
        callback(instance);
        return instance.exports;
      },
    })
  );
}
