import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import config from "../deno.json" with { type: "json" };

const snapshot = new URL("public_surface.json", import.meta.url);
const howToUpdate = "if the change is meant, run `deno task update`, and tell it in CHANGELOG.md";

/** The part of `deno doc --json` that matters here. */
interface Docs {
  readonly nodes: Readonly<Record<string, { readonly symbols: readonly Documented[] }>>;
}

interface Documented {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly def?: {
      readonly properties?: readonly Member[];
      readonly methods?: readonly Member[];
    };
  }[];
}

interface Member {
  readonly name: string;
  readonly accessibility?: string;
  readonly optional?: boolean;
  readonly isStatic?: boolean;
}

/** What an export offers: each name with its kind, and the members of classes and interfaces. */
type Surface = Record<string, string | Record<string, readonly string[]>>;

async function readSurface(): Promise<Record<string, Surface>> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...Object.values(config.exports)],
    cwd: fromFileUrl(new URL("..", import.meta.url)),
  }).output();
  const { nodes }: Docs = JSON.parse(new TextDecoder().decode(stdout));
  return Object.fromEntries(
    Object.entries(config.exports).map(([name, file]) => {
      const address = new URL(`../${file}`, import.meta.url).href;
      const symbols = nodes[address]!.symbols.toSorted((a, b) => a.name < b.name ? -1 : 1);
      return [name, Object.fromEntries(symbols.map((symbol) => [symbol.name, describe(symbol)]))];
    }),
  );
}

function describe({ declarations }: Documented): Surface[string] {
  const kinds = [...new Set(declarations.map(({ kind }) => kind))].join(", ");
  const members = declarations.flatMap(({ def }) => [
    ...(def?.properties ?? []),
    ...(def?.methods ?? []),
  ]).filter(({ name, accessibility }) => accessibility !== "private" && !name.startsWith("#"));
  if (members.length === 0) return kinds;
  const names = members.map(({ name, optional, isStatic }) =>
    `${isStatic ? "static " : ""}${name}${optional ? "?" : ""}`
  );
  return { [kinds]: [...new Set(names)].sort() };
}

Deno.test("the public surface is the one that was agreed on", async () => {
  const surface = await readSurface();
  for (const [name, symbols] of Object.entries(surface)) {
    assert(Object.keys(symbols).length > 0, `${name} exports nothing`);
  }
  if (Deno.args.includes("--update")) {
    await Deno.writeTextFile(snapshot, `${JSON.stringify(surface, null, 2)}\n`);
  }
  assertEquals(surface, JSON.parse(await Deno.readTextFile(snapshot)), howToUpdate);
});
