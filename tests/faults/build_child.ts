/**
 * Builds the index of a series anew, over and over until it is killed; or once, and kills itself at
 * a step of its work on the cache's files, which is given by its number from 0. It says `ready` when it
 * is about to begin, all that it takes loaded, and the names of the steps when it comes to the end.
 *
 * @module
 */

import { SeriesIndex } from "@dicom/series-preview";

/** Milliseconds. */
const longestLife = 120_000;

if (import.meta.main) {
  const [series, cacheDir, killAt] = Deno.args as [string, string, string?];
  const build = () => SeriesIndex.open(series, { cacheDir, rebuild: true });
  if (killAt === undefined) {
    for (let warm = 0; warm < 2; warm++) {
      await (await SeriesIndex.open(series, { cache: false })).toParquet();
    }
    tell("ready");
    // Not for ever: whoever is to kill it may be gone.
    while (performance.now() < longestLife) await build();
    Deno.exit(1);
  }
  const steps = killAtStep(Number(killAt), cacheDir);
  await build();
  tell(JSON.stringify(steps));
}

/** Writes a line at once. */
function tell(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/**
 * Counts the calls that change files of the cache, and kills the process in place of one of them; a
 * write is half done by then.
 *
 * @returns The names of the calls so far.
 */
function killAtStep(killAt: number, folder: string): string[] {
  const steps: string[] = [];
  /** What is open of the cache. */
  const files = new Set<Deno.FsFile>();
  const step = (name: string): boolean => steps.push(name) - 1 === killAt;
  const inCache = (path: unknown) => String(path).startsWith(folder);

  const { open, mkdir, rename, remove } = Deno;
  Deno.open = async (path, options) => {
    if (!inCache(path) || !options?.write) return await open(path, options);
    if (step("open")) die();
    const file = await open(path, options);
    files.add(file);
    return file;
  };
  Deno.mkdir = async (path, options) => {
    if (inCache(path) && step("mkdir")) die();
    await mkdir(path, options);
  };
  Deno.rename = async (from, to) => {
    if (inCache(from) && step("rename")) die();
    await rename(from, to);
  };
  Deno.remove = async (path, options) => {
    if (inCache(path) && step("remove")) die();
    await remove(path, options);
  };
  const { write, sync, tryLock } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.write = async function (bytes) {
    if (!files.has(this) || !step("write")) return await write.call(this, bytes);
    await write.call(this, bytes.subarray(0, bytes.length >> 1));
    die();
  };
  Deno.FsFile.prototype.sync = async function () {
    if (files.has(this) && step("sync")) die();
    await sync.call(this);
  };
  Deno.FsFile.prototype.tryLock = async function (exclusive) {
    if (files.has(this) && step("lock")) die();
    return await tryLock.call(this, exclusive);
  };
  return steps;
}

function die(): never {
  Deno.kill(Deno.pid, "SIGKILL");
  // The signal comes at once, but in its own time.
  while (true);
}
