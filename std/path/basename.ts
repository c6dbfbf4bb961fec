import { pathText } from "./_path_text.ts";
import { trimEnd } from "./_trim_end.ts";

/** The last part of a path, without `suffix` if it ends in that and is more than that. */
export function basename(path: string | URL, suffix = ""): string {
  const trimmed = trimEnd(pathText(path));
  const name = trimmed === "/" ? trimmed : trimmed.slice(trimmed.lastIndexOf("/") + 1);
  return name.length > suffix.length && name.endsWith(suffix)
    ? name.slice(0, name.length - suffix.length)
    : name;
}
