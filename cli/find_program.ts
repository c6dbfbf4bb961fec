import { isAbsolute, join } from "@std/path";
import type { ReadEnvironment } from "../retriever/store_options.ts";
import { readEnvironment } from "../runtime/read_environment.ts";

/**
 * Finds a program in the folders of `PATH`; null where there is none, or it may not be run. Never
 * asks for a permission.
 *
 * @param name The program's name, without a suffix.
 */
export async function findProgram(
  name: string,
  env: ReadEnvironment = readEnvironment,
): Promise<string | null> {
  const isWindows = Deno.build.os === "windows";
  const folders = (env("PATH") ?? "").split(isWindows ? ";" : ":");
  // A folder that depends on where one is may hold anybody's program.
  for (const folder of folders.filter(isAbsolute)) {
    const path = join(folder, isWindows ? `${name}.exe` : name);
    if (await isRunnable(path)) return path;
  }
  return null;
}

async function isRunnable(path: string): Promise<boolean> {
  const wanted = [{ name: "read", path }, { name: "run", command: path }] as const;
  for (const permission of wanted) {
    if ((await Deno.permissions.query(permission)).state !== "granted") return false;
  }
  try {
    const { isFile, mode } = await Deno.stat(path);
    return isFile && (mode === null || (mode & 0o111) !== 0);
  } catch {
    // Whatever is wrong with it, it is not there for us.
    return false;
  }
}
