import { isCacheName } from "../check_cache_name.ts";
import { isOwn } from "./is_own.ts";
import { lockFile } from "./lock_file.ts";
import { unlessMissing } from "./unless_missing.ts";

/** Milliseconds after which a lock file that nobody holds was left behind, and is not about to be held. */
const LOCK_GRACE = 60_000;

/**
 * Removes the temporary files and the lock files of programs that ended before they could: those
 * that no program has locked. Other files stay, whosever they are.
 */
export async function sweepFolder(folder: string): Promise<void> {
  for await (const { name: file, isFile } of Deno.readDir(folder)) {
    const kind = isFile ? kindOf(file) : null;
    // Windows tells files by no number, so that there a lock file might be another one by now.
    if (kind === null || (kind === "lock" && Deno.build.os === "windows")) continue;
    await unlessMissing(() => sweepFile(`${folder}/${file}`, kind));
  }
}

function kindOf(file: string): "temporary" | "lock" | null {
  const match = /^\.(?<name>.+)\.(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp|lock)$/
    .exec(file);
  if (match === null || !isCacheName(match.groups!.name!)) return null;
  return file.endsWith(".lock") ? "lock" : "temporary";
}

async function sweepFile(path: string, kind: "temporary" | "lock"): Promise<void> {
  const info = await Deno.lstat(path);
  if (!await isOwn(info)) return;
  if (kind === "lock" && Date.now() - (info.mtime?.getTime() ?? Infinity) < LOCK_GRACE) return;
  const file = await lockFile(path);
  if (file === null) return;
  try {
    await Deno.remove(path);
  } finally {
    file.close();
  }
}
