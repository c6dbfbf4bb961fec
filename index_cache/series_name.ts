import type { AbortOptions } from "../runtime/abort_options.ts";

/** Options of {@linkcode seriesName}. */
export interface SeriesNameOptions extends AbortOptions {
  /** The root under which a folder's UUID is the series' name; `s3://idc-open-data` by default. */
  readonly root?: string | undefined;
}

const DEFAULT_ROOT = "s3://idc-open-data";
/** The server of one's own that may follow the key of a series. */
const SERVER = /\/*#https?:\/\/[^#]*$/;
const MAXIMUM_LENGTH = 64;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The name of a series' index: the folder UUID under the default root; for any other address the
 * last part of its path and, so that equal ones never meet, 12 hex digits of the address's SHA-256.
 * A slash at the end of an address makes no difference.
 *
 * @param address The absolute address of the series; after it can follow what tells it from others
 * with that address: a query, `#` and the address of a server, `#` and a Series Instance UID.
 *
 * @example
 * ```ts
 * import { seriesName } from "@dicom/series-preview/index-cache";
 * import { assertEquals, assertMatch } from "@std/assert";
 *
 * const uuid = "38902e14-b11f-4548-910e-771ee757dc82";
 * assertEquals(await seriesName(`s3://idc-open-data/${uuid}`), uuid);
 * assertMatch(await seriesName("https://example.org/head%20ct/"), /^head-ct-[0-9a-f]{12}$/);
 * ```
 */
export async function seriesName(
  address: string,
  options: SeriesNameOptions = {},
): Promise<string> {
  options.signal?.throwIfAborted();
  const root = `${(options.root ?? DEFAULT_ROOT).replace(/\/+$/, "")}/`;
  const whole = address.replace(/\/+$/, "");
  if (whole.startsWith(root)) {
    // The same folder through another server, as a mirror, is the same series.
    const folder = whole.slice(root.length).replace(SERVER, "");
    if (UUID.test(folder)) return folder;
  }
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(whole));
  return `${readableName(whole)}-${new Uint8Array(digest).toHex().slice(0, 12)}`;
}

/** The last part of an address's path, of characters that can name a file. */
function readableName(address: string): string {
  const path = address.replace(/[?#].*$/, "").replace(/\/+$/, "");
  const last = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf(":")) + 1);
  const name = last.replace(/%[0-9A-Fa-f]{2}/g, "-").replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/-{2,}/g, "-").replace(/^[.-]+/, "").slice(0, MAXIMUM_LENGTH).replace(/[.-]+$/, "");
  return name === "" ? "series" : name;
}
