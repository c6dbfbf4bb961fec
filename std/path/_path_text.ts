import { fromFileUrl } from "./from_file_url.ts";

/** The path as text: what a file URL stands for, or the string itself. */
export function pathText(path: string | URL): string {
  if (path instanceof URL) return fromFileUrl(path);
  if (typeof path === "string") return path;
  throw new TypeError(`Path must be a string, received "${JSON.stringify(path)}"`);
}
