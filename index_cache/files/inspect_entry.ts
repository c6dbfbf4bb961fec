import { CacheError } from "../../errors.ts";
import { isOwn } from "./is_own.ts";
import { unlessMissing } from "./unless_missing.ts";

/**
 * Looks at a folder or a file of a cache before it is used. What somebody else could have put there
 * is refused: a link would lead out of the cache.
 *
 * @returns Null where there is none.
 * @throws {CacheError} When something else is there, or it belongs to another user.
 */
export async function inspectEntry(
  path: string,
  kind: "folder" | "file",
): Promise<Deno.FileInfo | null> {
  const info = await unlessMissing(() => Deno.lstat(path));
  if (info === undefined) return null;
  const what = kind === "folder" ? `the cache ${path}` : `${path} in the cache`;
  const advice = `${kind === "folder" ? "" : "remove it, "}choose another folder with ` +
    "--cache-dir, or do without by --no-cache";
  const refuse = (why: string) => new CacheError(`${what} ${why}; ${advice}`, { address: path });
  if (kind === "folder" ? !info.isDirectory : !info.isFile) {
    throw refuse(info.isSymlink ? "is a symbolic link" : `is no ${kind}`);
  }
  if (!await isOwn(info)) throw refuse("belongs to another user");
  return info;
}
