import { pathText } from "./_path_text.ts";

/** Whether a path starts at the root. */
export function isAbsolute(path: string): boolean {
  return pathText(path).startsWith("/");
}
