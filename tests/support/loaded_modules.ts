import { fromFileUrl, join } from "@std/path";

/** What a call of the tool loaded, at its start and on its way, in all its threads. */
export interface LoadedModules {
  /** The project's own files, as paths from its root. */
  readonly files: readonly string[];
  /** Names of packages. */
  readonly packages: readonly string[];
  /** Whether Deno loaded its stand-in for Node.js. */
  readonly node: boolean;
}

const root = new URL("../../", import.meta.url);

/**
 * Runs the tool as a program of its own, and lists the modules of which V8 made scripts, as it logs
 * them itself: a module in the graph that nobody imported is none of them.
 *
 * @throws {Error} When the call fails, or V8 no longer logs its scripts as expected.
 */
export async function loadedModules(words: readonly string[], cwd: string): Promise<LoadedModules> {
  const folder = await Deno.makeTempDir();
  try {
    const log = `--log-function-events,--logfile=${join(folder, "v8.log")}`;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--no-check", "--no-prompt", "-A", `--v8-flags=${log}`],
        ...[fromFileUrl(new URL("cli.ts", root)), ...words],
      ],
      cwd,
      // Without ffmpeg, which not every machine has.
      env: { NO_COLOR: "1", PATH: "" },
    }).output();
    if (!success) throw new Error(`${words.join(" ")}: ${new TextDecoder().decode(stderr)}`);
    const scripts = await readScripts(folder);
    const files = namesBelow(scripts, root.href);
    if (!files.includes("cli.ts")) throw new Error("the log of V8 does not tell of cli.ts");
    const packages = scripts.flatMap((script) => {
      const [, name] = /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/]+)\/\d/.exec(script) ?? [];
      return name ?? [];
    });
    return {
      files,
      packages: [...new Set(packages)].sort(),
      node: scripts.some((script) => script.startsWith("node:")),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The addresses of all scripts, of which V8 writes one log a thread. */
async function readScripts(folder: string): Promise<string[]> {
  const scripts = new Set<string>();
  for await (const { name } of Deno.readDir(folder)) {
    const log = await Deno.readTextFile(join(folder, name));
    for (const [, script] of log.matchAll(/^script-details,\d+,([^,\n]+),/gm)) {
      scripts.add(script!);
    }
  }
  return [...scripts];
}

function namesBelow(scripts: readonly string[], address: string): string[] {
  return scripts.filter((script) => script.startsWith(address))
    .map((script) => script.slice(address.length)).sort();
}
