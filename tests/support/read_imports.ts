import { join, toFileUrl } from "@std/path";
import type { Import } from "./import_graph.ts";

/** Folders that hold no file of ours. */
const SKIPPED = new Set(["node_modules", "coverage", "dist", "vendor"]);

/** The part of `deno info --json` that matters here. */
interface Info {
  modules: {
    specifier: string;
    error?: string;
    dependencies?: { specifier: string; code?: Target; type?: Target }[];
  }[];
}

interface Target {
  specifier?: string;
  error?: string;
}

/** The TypeScript files under a folder, as paths from it, sorted. */
export async function listSourceFiles(root: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      if (name.startsWith(".") || SKIPPED.has(name)) continue;
      const path = join(folder, name);
      if (isDirectory) await walk(path);
      else if (name.endsWith(".ts")) found.push(path);
    }
  };
  await walk("");
  return found.sort();
}

/**
 * The imports of some files of a project, and of those that they lead to, as Deno's own parser
 * sees them.
 *
 * @throws {Error} If a file cannot be parsed, or imports what is not there.
 */
export async function readImports(root: string, files: readonly string[]): Promise<Import[]> {
  // One entry that imports them all: asking for each would start as many processes.
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    const lines = files.map((file) => `import ${JSON.stringify(toFileUrl(join(root, file)))};\n`);
    await Deno.writeTextFile(entry, lines.join(""));
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", "--config", join(root, "deno.json"), entry],
      env: { NO_COLOR: "1" },
    }).output();
    if (code !== 0) throw new Error(`deno info failed: ${new TextDecoder().decode(stderr)}`);
    const { modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
    const base = toFileUrl(`${root}/`).href;
    const fromRoot = (url: string) => url.startsWith(base) ? url.slice(base.length) : url;
    const imports = modules
      .filter(({ specifier }) => specifier.startsWith(base))
      .flatMap(({ specifier: file, dependencies = [] }) =>
        dependencies.map(({ specifier, code, type }): Import => {
          const target = code ?? type;
          const from = fromRoot(file);
          if (target?.specifier) return { from, specifier, to: fromRoot(target.specifier) };
          throw new Error(`${from} imports ${specifier}: ${target?.error ?? "not resolved"}`);
        })
      );
    for (const { specifier, error } of modules) {
      if (!error) continue;
      const path = fromRoot(specifier);
      const importer = imports.find(({ to }) => to === path)?.from ?? "nothing else";
      throw new Error(`${path}, imported by ${importer}, cannot be read: ${error}`);
    }
    return imports;
  } finally {
    await Deno.remove(entry);
  }
}
