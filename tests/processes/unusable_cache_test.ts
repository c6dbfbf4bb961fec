import { assert, assertEquals, assertMatch } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { runCli } from "../cli/run_cli.ts";
import { sampleSeries } from "../cli/sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "../cli/temporary_folder.ts";
import { runUnprivileged } from "./run_unprivileged.ts";

const windows = Deno.build.os === "windows";
const COUNT = 40;

/** A folder with a local series, and a cache that has its index. */
async function folderWithIndex(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await folder.write("series", sampleSeries(COUNT, { padding: 500 }));
  const { cache, stderr } = await draw(folder);
  assertEquals([cache, stderr], ["miss", []]);
  return folder;
}

const wordsOf = (folder: TemporaryFolder, cache = folder.join("cache")) => [
  ...["mosaic", folder.join("series"), folder.join("out.png"), "--json", "-w", "60", "-n", "4"],
  ...["--cache-dir", cache],
];

/** Draws the series; answers where the index came from, and what was said. */
async function draw(folder: TemporaryFolder, words: readonly string[] = []) {
  const { status, stderr, json } = await runCli([...wordsOf(folder), ...words]);
  assertEquals([status, json().slices.length], [0, 4], stderr.join("\n"));
  return { cache: json().stats.cache, stderr };
}

/** Makes sure that a run went on without the cache, with one warning. */
function assertUncached(run: { cache: string; stderr: readonly string[] }, why: RegExp) {
  assertEquals([run.cache, run.stderr.length], ["off", 1], run.stderr.join("\n"));
  assertMatch(run.stderr[0]!, /^warning: going on without the cache: .*--no-cache$/);
  assertMatch(run.stderr[0]!, why);
}

/** Draws the series without a superuser's rights; null where they cannot be given up. */
async function drawUnprivileged(folder: TemporaryFolder, words: readonly string[] = []) {
  const result = await runUnprivileged([...wordsOf(folder), ...words]);
  if (result === null) return null;
  const { code, stdout, stderr } = result;
  assertEquals(code, 0, stderr.join("\n"));
  const { stats, slices } = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(slices.length, 4);
  return { cache: stats.cache as string, stderr };
}

/** All that is in a folder, with what tells whether it was touched. */
async function snapshot(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { name } of Deno.readDir(path)) {
    const { isDirectory, isSymlink, mtime, mode, size } = await Deno.lstat(`${path}/${name}`);
    lines.push(`${name} ${isSymlink} ${isDirectory || mtime?.getTime()} ${mode} ${size}`);
    if (isDirectory) {
      lines.push(...(await snapshot(`${path}/${name}`)).map((line) => `${name}/${line}`));
    }
  }
  return lines.sort();
}

/** Where a link is planted, and how a run gets there. */
const plants:
  readonly (readonly [what: string, path: (index: string) => string, words: string[]])[] = [
    ["the index", (index) => `indices/${index}_index.parquet`, []],
    ["the index that is written", (index) => `indices/${index}_index.parquet`, ["--rebuild"]],
    ["the lock", (index) => `indices/.${index}.lock`, ["--rebuild"]],
    ["the folder of indices", () => "indices", []],
    ["the cache", () => "", []],
  ];

for (const [what, pathOf, words] of plants) {
  Deno.test(`a link in place of ${what} costs one warning, and what it leads to is not touched`, {
    ignore: windows,
  }, async () => {
    await using folder = await folderWithIndex();
    const [name] = await folder.names("cache/indices");
    const index = name!.replace("_index.parquet", "");
    const path = folder.join("cache", pathOf(index));
    for (const target of ["theirs", "missing/theirs"]) {
      // What is at the place now is somebody else's, and a link leads to it.
      const isThere = target === "theirs";
      if (isThere && what === "the lock") await Deno.writeTextFile(folder.join(target), "theirs");
      else if (isThere) await Deno.rename(path, folder.join(target));
      await Deno.remove(path, { recursive: true }).catch(() => {});
      await Deno.symlink(folder.join(target), path);
      const [before, image] = [await snapshot(folder.path), folder.join("out.png")];
      const { mtime } = await Deno.stat(image);
      assertUncached(await draw(folder, words), /is a symbolic link/);
      await Deno.utime(image, mtime!, mtime!);
      assertEquals(await snapshot(folder.path), before);
    }
  });
}

Deno.test("files left behind that are links stay, and so does what they lead to", {
  ignore: windows,
}, async () => {
  await using folder = await folderWithIndex();
  await Deno.writeTextFile(folder.join("theirs"), "theirs");
  const long = new Date(Date.now() - 3_600_000);
  const links = [`.x.${crypto.randomUUID()}.tmp`, ".x.lock"];
  for (const link of links) {
    await Deno.symlink(folder.join("theirs"), folder.join("cache", "indices", link));
  }
  await Deno.utime(folder.join("theirs"), long, long);
  assertEquals(await draw(folder, ["--rebuild"]), { cache: "miss", stderr: [] });
  assertEquals((await folder.names("cache/indices")).slice(0, 2), links.sort());
  const { mtime } = await Deno.stat(folder.join("theirs"));
  assertEquals(mtime, long);
});

Deno.test("a cache of another user costs one warning, and is not touched", {
  // Only the superuser may give files away.
  ignore: windows || Deno.uid() !== 0,
}, async () => {
  await using folder = await folderWithIndex();
  const [name] = await folder.names("cache/indices");
  for (const part of ["", "indices", `indices/${name}`]) {
    const path = folder.join("cache", part);
    await Deno.chown(path, 12345, 12345);
    const before = await snapshot(folder.join("cache"));
    assertUncached(await draw(folder), /belongs to another user/);
    assertEquals(await snapshot(folder.join("cache")), before);
    await Deno.chown(path, 0, 0);
  }
  assertEquals(await draw(folder), { cache: "hit", stderr: [] });
});

/** Whether file systems can be mounted where nobody else sees them. */
const canMount = Deno.build.os === "linux" && mounts();

function mounts(): boolean {
  try {
    const args = ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"];
    return new Deno.Command("unshare", { args, stdout: "null", stderr: "null" }).outputSync()
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Draws the series in a process whose cache is on a file system of its own. */
async function drawMounted(folder: TemporaryFolder, script: string) {
  const cache = folder.join("mounted");
  await Deno.mkdir(cache, { recursive: true });
  const cli = fromFileUrl(new URL("../../cli.ts", import.meta.url));
  const run = [Deno.execPath(), "run", "-A", "--no-check", cli, ...wordsOf(folder, cache)];
  const { code, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["-rm", "sh", "-euc", script, "sh", cache, folder.join("cache"), ...run],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr).split("\n").filter((line) => line !== "");
  assertEquals(code, 0, said.join("\n"));
  const [files, report] = new TextDecoder().decode(stdout).trim().split("\n").toReversed();
  const { stats, slices } = JSON.parse(report!);
  assertEquals(slices.length, 4);
  return { cache: stats.cache as string, stderr: said, files };
}

/** Mounts a file system of so many bytes at the first word, and says in the end what is on it. */
const onMount = (size: number, more = "") =>
  `mount -t tmpfs -o mode=700,size=${size} tmpfs "$1"; cache=$1 kept=$2; shift 2; ${more}
   "$@"; cd "$cache"; echo "files:" $(find . -type f | sort)`;

Deno.test("a full disk costs one warning, and leaves no half of an index", {
  ignore: !canMount,
}, async () => {
  await using folder = await folderWithIndex();
  const [name] = await folder.names("cache/indices");
  const { size } = await Deno.stat(folder.join("cache", "indices", name!));
  assert(size > 8192, "the index takes more pages than there are");
  // Some of what is written finds room.
  const partly = await drawMounted(folder, onMount(8192));
  assertUncached(partly, /no space is left/);
  assertEquals(partly.files, "files:");
});

Deno.test("a read-only disk costs one warning, but what is kept on it is used", {
  ignore: !canMount,
}, async () => {
  await using folder = await folderWithIndex();
  const readOnly = `mount -o remount,ro "$cache";`;
  const bare = await drawMounted(folder, onMount(1_000_000, readOnly));
  assertUncached(bare, /the file system is read-only/);
  const copy = `cp -a "$kept/indices" "$cache";`;
  const { cache, stderr } = await drawMounted(folder, onMount(1_000_000, copy + readOnly));
  assertEquals([cache, stderr], ["hit", []]);
});

Deno.test("a folder without permission to write costs one warning, but what is kept in it is used", async () => {
  await using folder = await folderWithIndex();
  await Deno.chmod(folder.join("cache", "indices"), 0o500);
  const hit = await drawUnprivileged(folder);
  if (hit === null) return;
  assertEquals(hit, { cache: "hit", stderr: [] });
  const rebuilt = await drawUnprivileged(folder, ["--rebuild"]);
  assertUncached(rebuilt!, /access is denied/);
  await Deno.chmod(folder.join("cache", "indices"), 0o700);
});

Deno.test("a folder without permission to read costs one warning, and so does an index", async () => {
  await using folder = await folderWithIndex();
  const [name] = await folder.names("cache/indices");
  for (const [part, mode] of [["indices", 0o700], [`indices/${name}`, 0o600]] as const) {
    const path = folder.join("cache", part);
    await Deno.chmod(path, 0);
    const run = await drawUnprivileged(folder);
    if (run !== null) assertUncached(run, /access is denied/);
    await Deno.chmod(path, mode);
  }
});
