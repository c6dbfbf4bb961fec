import { fromFileUrl } from "@std/path/from-file-url";
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
      `no permission to read the program's own files; run again with ${missingPermission(address)}`,
      { cause },
    );
  }
}

/** What lets Deno read the program's files, which are those of a folder or of a server. */
function missingPermission(address: string): string {
  const { protocol, host } = new URL(address);
  if (protocol !== "file:") return `--allow-import=${host}`;
  return `--allow-read=${fromFileUrl(new URL("..", address)).replace(/[/\\]$/, "")}`;
}

/** Made of text: whoever publishes is warned of addresses that cannot be rewritten, as this need not be. */
const importModule: (address: string) => Promise<typeof import("./command_loaders.ts")> =
  new Function("address", "return import(address)") as never;
