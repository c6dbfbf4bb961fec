import { InvalidIndexError, SeriesIndex, type SeriesIndexOptions } from "@dicom/series-preview";
import { fromFileUrl } from "@std/path";
import { indexContent } from "./index_content.ts";
import { seededRandom } from "../support/random.ts";
import { type TemporaryFolder, temporaryFolder } from "../cli/temporary_folder.ts";
import { makeVersionedSeries, type VersionedSeries } from "./versioned_series.ts";

/** How builds are killed. */
export interface KillOptions {
  /** Instances of the series. */
  readonly instances: number;
  /** At which steps of the work on files, counted from 0; at random moments by default. */
  readonly steps?: readonly number[];
  /** How many builds are killed at random moments. */
  readonly count?: number;
  readonly seed?: number;
}

/** What became of the builds. */
export interface KillReport {
  readonly kills: number;
  /** Kills that left a temporary file, which the next build swept. */
  readonly temporaries: number;
  /** Kills that left the file of a lock. */
  readonly locks: number;
  /** Kills after which the earlier index was there, and after which the new one was. */
  readonly earlier: number;
  readonly later: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/** The longest wait before a kill, in milliseconds: some builds of the child. */
const longestWait = 200;

/**
 * Kills programs that build the index of a series, which has changed since its kept index was made.
 * Each time there must be the earlier index or the new one, whole; and the next program must
 * find that, mend it, and leave nothing but the index behind.
 */
export async function killBuilds(options: KillOptions): Promise<KillReport> {
  const { steps, seed = 1, count = steps?.length ?? 0 } = options;
  await using folder = await temporaryFolder();
  const series = await makeVersionedSeries(folder, options.instances);
  const random = seededRandom(seed);
  const sum = { kills: 0, temporaries: 0, locks: 0, earlier: 0, later: 0 };
  const faults: string[] = [];
  await series.become(1);
  await open(folder, series, { rebuild: true });
  for (let kill = 0; kill < count; kill++) {
    const version = kill % 2;
    await series.become(version);
    const step = steps?.[kill];
    if (step === undefined) await killAfter(folder, series, random() * longestWait);
    else await killAt(folder, series, step);
    sum.kills++;
    const names = await folder.names("cache/indices");
    if (names.some((name) => name.endsWith(".tmp"))) sum.temporaries++;
    if (names.some((name) => name.endsWith(".lock"))) sum.locks++;
    const kept = await keptContent(folder);
    if (kept === series.contents[version]) sum.later++;
    else if (kept === series.contents[1 - version]) sum.earlier++;
    else faults.push(`kill ${kill}: the index is neither the earlier one nor the new one: ${kept}`);
    const found = await checkRecovery(folder, series, version);
    faults.push(...found.map((fault) => `kill ${kill}: ${fault}`));
  }
  return { ...sum, faults };
}

/** The steps of the work on the cache's files that an unhindered build takes, by name. */
export async function listSteps(instances: number): Promise<string[]> {
  await using folder = await temporaryFolder();
  const { path } = await makeVersionedSeries(folder, instances);
  const child = startChild(folder, path, ["-1"]);
  return JSON.parse(await new Response(child.stdout).text());
}

/** Has a child build until it kills itself. */
async function killAt(folder: TemporaryFolder, { path }: VersionedSeries, step: number) {
  const child = startChild(folder, path, [String(step)]);
  const [{ signal }, said] = await Promise.all([child.status, new Response(child.stdout).text()]);
  if (signal !== "SIGKILL") throw new Error(`the build was not killed at step ${step}: ${said}`);
}

/** Has a child build over and over, and kills it after so many milliseconds. */
async function killAfter(folder: TemporaryFolder, { path }: VersionedSeries, wait: number) {
  const child = startChild(folder, path, []);
  const reader = child.stdout.getReader();
  const { done } = await reader.read();
  if (done) throw new Error("the build ended before it was killed");
  await new Promise((resolve) => setTimeout(resolve, wait));
  child.kill("SIGKILL");
  await reader.cancel();
  await child.status;
}

function startChild(folder: TemporaryFolder, series: string, words: readonly string[]) {
  const script = fromFileUrl(new URL("build_child.ts", import.meta.url));
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", script, series, folder.join("cache"), ...words],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** Makes sure that the next programs find a whole index, mend it, and clean up; answers what is wrong. */
async function checkRecovery(
  folder: TemporaryFolder,
  series: VersionedSeries,
  version: number,
): Promise<string[]> {
  const faults: string[] = [];
  for (const options of [{ check: true }, { rebuild: true }]) {
    const { source, notices } = await open(folder, series, options);
    const wrong = notices.filter((line) => !line.startsWith("the series has changed since"));
    if (source !== ("check" in options ? "hit" : "miss")) wrong.push(`its index was a ${source}`);
    faults.push(...wrong);
    const kept = await keptContent(folder);
    if (kept !== series.contents[version]) faults.push(`the index was not mended: ${kept}`);
  }
  const names = await folder.names("cache/indices");
  if (names.length !== 1) faults.push(`these are left behind: ${names.join(", ")}`);
  return faults;
}

/** Opens the series as any program would. */
async function open(
  folder: TemporaryFolder,
  { path }: VersionedSeries,
  options: SeriesIndexOptions,
) {
  const notices: string[] = [];
  const cacheDir = folder.join("cache");
  const onNotice = (line: string) => void notices.push(line);
  const { source } = await SeriesIndex.open(path, { ...options, cacheDir, onNotice });
  return { source, notices };
}

/** What the one index that is kept tells; null where it is none, or no sound one. */
async function keptContent(folder: TemporaryFolder): Promise<string | null> {
  const [name] = (await folder.names("cache/indices")).filter((name) => name.endsWith(".parquet"));
  if (name === undefined) return null;
  try {
    return await indexContent(await Deno.readFile(folder.join("cache", "indices", name)));
  } catch (error) {
    if (error instanceof InvalidIndexError) return null;
    throw error;
  }
}
