/**
 * Writes indices and has Python's readers of Parquet compare every type, cell and key of them:
 * `deno task interchange`. `PYTHON` names the interpreter, `python3` by default; DuckDB, Polars,
 * pandas and pyarrow are tried as far as it has them.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { SeriesIndex } from "@dicom/series-preview";
import {
  MemoryIndexCache,
  readIndex,
  type SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { buildOddIndex } from "../support/odd_index.ts";

/** The exit status of `check_index.py` where it finds no reader. */
const NO_READER = 3;

/** What an index holds, in a form that JSON has. */
function describe({ table }: SeriesTable): string {
  const columns = table.schema.fields.map(({ name, type }) => {
    const [, list, item] = /^(List<)?(\w+)>?$/.exec(String(type))!;
    return { name, type: item!.toLowerCase(), list: list !== undefined };
  });
  const vectors = columns.map(({ name }) => table.getChild(name)!);
  const rows = Array.from({ length: table.numRows }, (_, row) =>
    vectors.map((vector) => {
      const cell: unknown = vector.get(row);
      return typeof cell === "object" && cell !== null ? [...cell as Iterable<unknown>] : cell;
    }));
  const metadata = Object.fromEntries(table.schema.metadata);
  return JSON.stringify({ columns, rows, metadata }, (_, value) => {
    if (typeof value === "bigint") return { integer: String(value) };
    const special = typeof value === "number" && !Number.isFinite(value);
    return special ? { float: String(value) } : value;
  });
}

/** The index of the built-in series as its cache keeps it. */
async function cachedDemo(): Promise<SeriesTable> {
  const cache = new MemoryIndexCache();
  await SeriesIndex.open("demo:ct", { cache });
  const [name] = await cache.list();
  return await readIndex((await cache.get(name!))!);
}

/** Has Python compare an index with its file; answers the exit status. */
async function check(folder: string, name: string, table: SeriesTable): Promise<number> {
  const [index, expected] = [`${folder}/${name}.parquet`, `${folder}/${name}.json`];
  await Deno.writeFile(index, await writeIndex(table));
  await Deno.writeTextFile(expected, describe(table));
  const script = new URL("check_index.py", import.meta.url).pathname;
  console.log(name);
  const python = new Deno.Command(Deno.env.get("PYTHON") ?? "python3", {
    args: [script, index, expected],
    stdout: "inherit",
    stderr: "inherit",
  });
  return (await python.output()).code;
}

async function main(): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, table] of [["odd", await buildOddIndex()], ["demo", await cachedDemo()]]) {
      const code = await check(folder, name as string, table as SeriesTable);
      if (code === NO_READER) console.log("skipped: this Python has no reader of Parquet");
      if (code !== 0) return code === NO_READER ? 0 : 1;
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log("skipped: there is no Python; PYTHON names one");
    return 0;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main());
