import { fromFileUrl } from "@std/path";

/** The part of `deno info --json` that matters here. */
interface Info {
  readonly roots: readonly string[];
  readonly redirects: Readonly<Record<string, string>>;
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly isDynamic?: boolean;
      readonly code?: { readonly specifier?: string };
    }[];
  }[];
}

/** What is loaded with a module before it runs. */
export interface StaticImports {
  /** The project's own files, as paths from its root. */
  readonly files: readonly string[];
  /** Names of packages, and modules of Node.js, as in `node:fs`. */
  readonly packages: readonly string[];
}

/** Follows the imports of a file of the project, types and dynamic ones left out. */
export async function readStaticImports(file: string): Promise<StaticImports> {
  const root = new URL("../../", import.meta.url);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", file],
    cwd: fromFileUrl(root),
  }).output();
  const { roots, redirects, modules }: Info = JSON.parse(new TextDecoder().decode(stdout));
  const found = new Set(roots);
  for (const specifier of found) {
    const { dependencies = [] } = modules.find((each) => each.specifier === specifier) ?? {};
    for (const { isDynamic, code } of dependencies) {
      if (isDynamic || code?.specifier === undefined) continue;
      found.add(redirects[code.specifier] ?? code.specifier);
    }
  }
  const all = [...found];
  return {
    files: all.filter((each) => each.startsWith(root.href))
      .map((each) => each.slice(root.href.length)).sort(),
    packages: all.filter((each) => !each.startsWith("file:"))
      .map((each) => each.replace(/^npm:\/?((?:@[^/]+\/)?[^@/]+).*$/, "$1")).sort(),
  };
}
