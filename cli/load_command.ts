import { AccessDeniedError } from "../errors.ts";
import type { Command, RunCommand } from "./command.ts";

/**
 * Loads what runs a command.
 *
 * The address is put together here, so that it is no part of the program's graph: Deno reads all that
 * any `import()` leads to before it runs the first line, and `--help` would take twice as long.
 *
 * @throws {AccessDeniedError} When the program's own files may not be read.
 */
export async function loadCommand({ name }: Command): Promise<RunCommand> {
  const address = new URL("./command_loaders.ts", import.meta.url).href;
  try {
    const { commandLoaders } = await importModule(address);
    return await commandLoaders[name]!();
  } catch (cause) {
    if (!(cause instanceof Error) || !/^Requires \w+ access/.test(cause.message)) throw cause;
    throw new AccessDeniedError(
      "the program's own files are read when a command needs them: allow it with --allow-read, " +
        "or with --allow-import where they come from a server",
      { address, cause },
    );
  }
}

/** Made of text: whoever publishes is warned of addresses that cannot be rewritten, as this need not be. */
const importModule: (address: string) => Promise<typeof import("./command_loaders.ts")> =
  new Function("address", "return import(address)") as never;
