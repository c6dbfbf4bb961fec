/** The parts of a runtime that environment variables come from. */
interface Runtime {
  Deno?: {
    env: { get(name: string): string | undefined };
    permissions: {
      querySync(descriptor: { name: "env"; variable: string }): { state: string };
    };
  };
  process?: { env?: Record<string, string | undefined> };
}

/**
 * Reads an environment variable of the process; undefined for one that is
 * absent, empty, or may not be read. Never asks for a permission.
 *
 * @example
 * ```ts
 * import { readEnvironment } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(readEnvironment("SERIES_PREVIEW_NO_SUCH_VARIABLE"), undefined);
 * ```
 */
export function readEnvironment(name: string): string | undefined {
  const runtime = globalThis as unknown as Runtime;
  const { Deno: deno } = runtime;
  // Not to be touched in Deno, which loads a good part of Node.js for it.
  if (deno === undefined) return runtime.process?.env?.[name] || undefined;
  const { state } = deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? deno.env.get(name) || undefined : undefined;
}
