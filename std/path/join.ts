import { normalize } from "./normalize.ts";
import { pathText } from "./_path_text.ts";

/** Joins the parts of a path by slashes and normalizes it. */
export function join(path: string | URL, ...paths: string[]): string {
  return normalize([path, ...paths].map(pathText).filter(Boolean).join("/"));
}
