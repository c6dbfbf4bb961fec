import { inspectEntry } from "./inspect_entry.ts";
import { unlessMissing } from "./unless_missing.ts";

/**
 * Takes the lock of a file, which is made if need be. It is the system's: it ends with the file's
 * closing and with the program, however that ends.
 *
 * @returns The file; null when another program holds it, or has just made or removed the file.
 * @throws {CacheError} When something else than a file of the user's is there.
 */
export async function lockFile(path: string): Promise<Deno.FsFile | null> {
  // One that is made anew follows no link that was put there after the look.
  const createNew = await inspectEntry(path, "file") === null;
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path, { write: true, createNew, mode: 0o600 });
  } catch (error) {
    const { AlreadyExists, NotFound } = Deno.errors;
    if (error instanceof AlreadyExists || error instanceof NotFound) return null;
    throw error;
  }
  let held = false;
  try {
    // The holder before may have removed the file between opening and locking it.
    held = await file.tryLock(true) && await isFileAt(file, path);
  } finally {
    if (!held) file.close();
  }
  return held ? file : null;
}

/** Whether the file at a path is still the one that is open; taken for granted on Windows. */
async function isFileAt(file: Deno.FsFile, path: string): Promise<boolean> {
  if (Deno.build.os === "windows") return true;
  const [open, named] = await Promise.all([file.stat(), unlessMissing(() => Deno.lstat(path))]);
  return named !== undefined && open.ino === named.ino && open.dev === named.dev;
}
