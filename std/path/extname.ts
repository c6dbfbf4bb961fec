import { basename } from "./basename.ts";

/** The end of a path from the last dot on, or "" if there is none but at the start of a name. */
export function extname(path: string | URL): string {
  const name = basename(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 || name === ".." ? "" : name.slice(dot);
}
