import { pathText } from "./_path_text.ts";
import { trimEnd } from "./_trim_end.ts";

/** The path without its last part: `.` if that is all there is, `/` for the root. */
export function dirname(path: string | URL): string {
  const trimmed = trimEnd(pathText(path));
  const end = trimmed.lastIndexOf("/");
  if (end <= 0) return trimmed.startsWith("/") ? "/" : ".";
  return trimEnd(trimmed.slice(0, end));
}
