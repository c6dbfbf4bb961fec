import { basename, dirname, fromFileUrl, resolve } from "@std/path";

/** The folder that a local file's path or file URL is in, as an absolute path, and the file's name. */
export function splitLocal(place: string): { folder: string; name: string } {
  const path = resolve(place.startsWith("file:") ? fromFileUrl(place) : place);
  return { folder: dirname(path), name: basename(path) };
}
