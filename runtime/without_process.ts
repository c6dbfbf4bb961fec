/**
 * Makes a call in which there is no `process`. The glue of emscripten asks for it to tell how to find
 * its file, which it is given here; but where it is asked for Deno loads 90 scripts of its own, in
 * 20 ms. Nothing else runs meanwhile: what the call awaits comes after it.
 */
export function withoutProcess<T>(call: () => T): T {
  const found = Object.getOwnPropertyDescriptor(globalThis, "process");
  if (!found?.configurable) return call();
  Object.defineProperty(globalThis, "process", { value: undefined, configurable: true });
  try {
    return call();
  } finally {
    Object.defineProperty(globalThis, "process", found);
  }
}
