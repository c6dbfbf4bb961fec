import { pathText } from "./_path_text.ts";

/** Takes out what does not move: `.`, doubled slashes, and each `..` with the part before it. */
export function normalize(path: string | URL): string {
  const text = pathText(path);
  const absolute = text.startsWith("/");
  const parts: string[] = [];
  for (const part of text.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!absolute) parts.push(part);
  }
  const joined = parts.join("/") || (absolute ? "" : ".");
  const end = joined !== "" && text.endsWith("/") ? "/" : "";
  return `${absolute ? "/" : ""}${joined}${end}`;
}
