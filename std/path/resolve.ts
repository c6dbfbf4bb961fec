import { pathText } from "./_path_text.ts";
import { normalize } from "./normalize.ts";
import { trimEnd } from "./_trim_end.ts";

/** The absolute path that the parts lead to, one after another, from the working directory. */
export function resolve(...pathSegments: string[]): string {
  let path = "";
  for (const segment of pathSegments.toReversed()) {
    if (path.startsWith("/")) break;
    if (pathText(segment) !== "") path = `${segment}/${path}`;
  }
  if (!path.startsWith("/")) path = `${workingDirectory()}/${path}`;
  return trimEnd(normalize(path));
}

function workingDirectory(): string {
  const runtime = globalThis as {
    Deno?: { cwd?: () => string };
    process?: { cwd?: () => string };
  };
  // Deno first: there, to mention `process` loads all that belongs to it.
  const cwd = runtime.Deno?.cwd ?? runtime.process?.cwd;
  if (cwd) return cwd();
  throw new TypeError("Resolved a relative path without a current working directory (CWD)");
}
