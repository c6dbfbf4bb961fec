import { DecodeError, LimitError } from "../../errors.ts";
import { defaultDecodeLimits } from "../decode_limits.ts";
import { limitHint } from "../limit_hint.ts";
import { compileWasm } from "./compile_wasm.ts";

/** What modules made by emscripten have in common. */
export interface WasmLibrary {
  /** The library's memory; another view after it has grown. */
  readonly HEAPU8: Uint8Array;
  /** Puts a thrown C++ exception, which is just its address, into words. */
  readonly getExceptionMessage?: (exception: number) => unknown;
}

/** Options of every codec that is in WebAssembly. */
export interface WasmCodecOptions {
  /** Most bytes of memory that decoding may take; 1 GiB by default. */
  readonly maxWasmBytes?: number | undefined;
}

/** Makes an instance of a library, as emscripten's glue exports it. */
type Factory<Library> = (options: Record<string, unknown>) => Promise<Library>;

/** Imports of a WASM module, by the names of module and field. */
type Imports = Record<string, Record<string, WebAssembly.ImportValue>>;

/** An instance that took more memory than this is not kept: WASM memory never shrinks. */
const mostKeptBytes = 128 * 1024 * 1024;

/**
 * A WASM library of a codec: compiled once, instantiated when it is first
 * needed, and instantiated anew after any failure, for a failed decode may
 * leave anything in its memory. It prints nothing.
 */
export class WasmCodec<Library extends WasmLibrary> {
  readonly #name: string;
  readonly #wasm: string;
  readonly #loadFactory: () => Promise<Factory<Library>>;
  #module: Promise<WebAssembly.Module> | undefined;
  #library: Promise<Library> | undefined;
  #mostBytes = Infinity;
  #maxWasmBytes = Infinity;
  /** Whether a decode asked for more than the limit, though no more than such a frame may take. */
  #limited = false;

  /**
   * @param name What the library decodes, for errors.
   * @param wasm Address of the WASM module.
   * @param loadFactory Imports emscripten's glue.
   */
  constructor(name: string, wasm: string, loadFactory: () => Promise<Factory<Library>>) {
    this.#name = name;
    this.#wasm = wasm;
    this.#loadFactory = loadFactory;
  }

  /**
   * Runs a decode, which must copy out of the library's memory what it returns.
   *
   * @param mostBytes What a sound frame takes at most: the library's memory may not grow beyond this.
   * @param maxWasmBytes The limit on that memory, whatever the frame takes.
   * @throws {DecodeError} When the decode throws, whatever it throws, or the library cannot be loaded.
   * @throws {LimitError} When it fails since the limit left it without memory.
   */
  async run<T>(
    mostBytes: number,
    decode: (library: Library) => T,
    maxWasmBytes: number = defaultDecodeLimits.maxWasmBytes,
  ): Promise<T> {
    let instance: Promise<Library>;
    let library: Library;
    do {
      instance = this.#library ??= this.#instantiate();
      library = await instance;
      // Another decode that waited for the same instance may have failed in it by now.
    } while (this.#library !== instance);
    // From here to the end nothing is awaited: no other decode can come between.
    this.#library = undefined;
    this.#mostBytes = mostBytes;
    this.#maxWasmBytes = maxWasmBytes;
    this.#limited = false;
    let result: T;
    try {
      result = decode(library);
    } catch (cause) {
      if (this.#limited) {
        throw new LimitError(
          `the ${this.#name} frame takes more than ${maxWasmBytes} bytes of memory to decode` +
            limitHint("maxWasmBytes"),
          { cause },
        );
      }
      if (cause instanceof DecodeError) throw cause;
      throw new DecodeError(`the ${this.#name} frame is corrupt${reasonOf(cause, library)}`, {
        cause,
      });
    }
    if (library.HEAPU8.length <= mostKeptBytes) this.#library = instance;
    return result;
  }

  async #instantiate(): Promise<Library> {
    try {
      const [factory, module] = await Promise.all([
        this.#loadFactory(),
        this.#module ??= compileWasm(this.#wasm),
      ]);
      // Emscripten writes into its options: each instance needs its own.
      return await factory({
        print() {},
        printErr() {},
        instantiateWasm: (
          imports: Imports,
          receive: (instance: WebAssembly.Instance) => unknown,
        ) => receive(new WebAssembly.Instance(module, this.#bounded(imports))),
      });
    } catch (cause) {
      this.#module = undefined;
      this.#library = undefined;
      throw new DecodeError(`the decoder of ${this.#name} cannot be loaded`, { cause });
    }
  }

  #mayGrowTo(bytes: number): boolean {
    if (bytes > this.#mostBytes) return false;
    this.#limited ||= bytes > this.#maxWasmBytes;
    return !this.#limited;
  }

  /** Wraps the import by which the library asks for more memory; its key is minified, its name is not. */
  #bounded(imports: Imports): Imports {
    return Object.fromEntries(
      Object.entries(imports).map(([module, fields]) => {
        const bounded = Object.entries(fields).map(([key, value]) => {
          if (typeof value !== "function" || value.name !== "_emscripten_resize_heap") {
            return [key, value];
          }
          return [key, (bytes: number) => this.#mayGrowTo(bytes >>> 0) && value(bytes)];
        });
        return [module, Object.fromEntries(bounded)];
      }),
    );
  }
}

function reasonOf(cause: unknown, library: WasmLibrary): string {
  if (cause instanceof Error) return `: ${cause.message}`;
  const told = typeof cause === "number" ? library.getExceptionMessage?.(cause) : undefined;
  // The exception's type and message, or the message alone.
  const message = Array.isArray(told) ? told.at(-1) : told;
  return typeof message === "string" && message !== "" ? `: ${message}` : "";
}
