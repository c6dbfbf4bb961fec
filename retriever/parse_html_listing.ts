import type { HttpListing } from "./http_listing.ts";
import { relativeKey } from "./key_path.ts";

// None of these patterns may look further than a tag for its end: pages can be long and hostile.
/** What stands in a page but is no link of it. */
const NOT_SHOWN = /<!--[\s\S]*?(?:-->|$)|<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
const LINK = /<a\s(?:[^<>"']|"[^"]*"|'[^']*')*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;
/** How pages of web servers call themselves that list an empty folder. */
const TITLE = /<(title|h1)[^<>]*>[^<]*\b(index of|directory listing|file server)\b/i;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/**
 * Reads the listing that web servers make of a folder (nginx, Apache, Caddy,
 * Python, Deno): every link that leads below the folder is a file, or a folder
 * when it ends in `/`. Links that sort, and those that lead up or elsewhere,
 * are none; neither are hidden files. Null for a page that is no listing.
 *
 * @param url The page's URL, which links are relative to.
 * @param folder The folder's, which names are relative to.
 */
export function parseHtmlListing(
  html: string,
  { url, folder }: { url: URL; folder: URL },
): HttpListing | null {
  const page = html.replace(NOT_SHOWN, "");
  const names = new Set<string>();
  for (const match of page.matchAll(LINK)) {
    const href = decodeEntities(match[1] ?? match[2] ?? match[3] ?? "").trim();
    if (href === "" || !URL.canParse(href, url)) continue;
    const name = relativeKey(folder, new URL(href, url).href);
    if (name !== null && !/(^|\/)\.|^index\.(json|html?)$/.test(name)) names.add(name);
  }
  if (names.size === 0 && !TITLE.test(page)) return null;
  const all = [...names];
  return {
    files: all.filter((name) => !name.endsWith("/")).map((name) => ({ name, size: null })),
    folders: all.filter((name) => name.endsWith("/")),
  };
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
