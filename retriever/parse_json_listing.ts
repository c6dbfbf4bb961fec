import { ProtocolError } from "../errors.ts";
import type { HttpListing } from "./http_listing.ts";
import { shorten } from "./http/describe_reply.ts";
import { relativeKey } from "./key_path.ts";

/** What an item of a listing can say; servers and manifests differ in which of it they do. */
interface Item {
  name?: unknown;
  key?: unknown;
  url?: unknown;
  size?: unknown;
  type?: unknown;
  "is_dir"?: unknown;
}

/**
 * Reads the JSON of a web folder: what nginx (`autoindex_format json`) or Caddy
 * list, or a manifest: an array of names or of objects with `name`, `key` or
 * `url` and maybe `size`, by itself or as `instances` or `files` of an object.
 * Null for JSON of another shape.
 *
 * @throws {ProtocolError} An item has no name, or is not in the folder.
 */
export function parseJsonListing(json: unknown, folder: URL, address: string): HttpListing | null {
  const items = listItems(json);
  if (items === null) return null;
  const files: { name: string; size: number | null }[] = [];
  const folders: string[] = [];
  for (const item of items) {
    const name = itemName(item, folder, address);
    const { type, "is_dir": isDirectory, size } = typeof item === "string" ? {} as Item : item;
    const listed = type !== undefined || isDirectory !== undefined;
    // What a server lists of itself; a manifest names what its author wants.
    if (listed && /^\.|^index\.(json|html?)$/.test(name)) continue;
    if (type === "directory" || isDirectory === true) folders.push(name.replace(/\/*$/, "/"));
    else if (!name.endsWith("/")) files.push({ name, size: wholeNumber(size) });
  }
  return { files, folders };
}

function listItems(json: unknown): readonly (string | Item)[] | null {
  if (Array.isArray(json)) {
    const known = json.every((item) =>
      typeof item === "string" || (typeof item === "object" && item !== null)
    );
    return known ? json : null;
  }
  if (typeof json !== "object" || json === null) return null;
  const { instances, files } = json as { instances?: unknown; files?: unknown };
  const items = instances ?? files;
  return Array.isArray(items) ? listItems(items) : null;
}

function itemName(item: string | Item, folder: URL, address: string): string {
  const given = typeof item === "string" ? item : item.name ?? item.key ?? item.url;
  if (typeof given !== "string" || given === "") {
    throw new ProtocolError(`the listing at ${address} has an item without a name`, { address });
  }
  const isUrl = /^https?:\/\//.test(given) ||
    (typeof item === "object" && given === item.url && item.name === undefined);
  const name = isUrl && URL.canParse(given, folder)
    ? relativeKey(folder, new URL(given, folder).href)
    : given.replace(/^\.\//, "");
  if (name === null || name.startsWith("/") || name.split("/").includes("..")) {
    const shown = shorten(given.replace(/[?#].*$/s, "").replace(/^(\w+:\/*)[^/]*@/, "$1"));
    throw new ProtocolError(
      `the listing at ${address} names '${shown}', which is not in its folder`,
      { address },
    );
  }
  return name;
}

function wholeNumber(value: unknown): number | null {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? value as number : null;
}
