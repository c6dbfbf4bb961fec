import { AmbiguousSeriesError, NotFoundError, UsageError } from "../errors.ts";
import { locateAddress } from "./locate_address.ts";
import { type LocatedSeries, locatedSeries, nameOfKey } from "./located_series.ts";
import { openStore, type OpenStoreOptions } from "./open_store.ts";
import { parseSeriesSpec } from "./parse_series_spec.ts";

export type { LocatedSeries } from "./located_series.ts";

/**
 * The root that series UUIDs are looked for under by default.
 *
 * @example
 * ```ts
 * import { DEFAULT_ROOT } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(DEFAULT_ROOT, "s3://idc-open-data");
 * ```
 */
export const DEFAULT_ROOT = "s3://idc-open-data";

/** Folders read at most where several match. */
const MAX_MATCHES = 1000;
/** Folders named at most where several match. */
const MAX_NAMED = 10;

/** What {@linkcode locateSeries} takes beside the series. */
export interface LocateSeriesOptions extends OpenStoreOptions {
  /** The folder that series UUIDs are looked for in; {@linkcode DEFAULT_ROOT} by default. */
  readonly root?: string | undefined;
}

/**
 * Finds where the series is that some words name:
 *
 * - a folder UUID, 32 hex digits with hyphens or without: the folder of that
 *   name under the root (a local folder of such a name is `./` and the name);
 * - the start of a name and `*`: the one folder under the root that starts so,
 *   or, as in `s3://bucket/dir/abc*`, under another;
 * - an address, `s3://`, `gs://`, `https://`, `http://`, `file://`: the folder,
 *   or the one object, at it;
 * - `demo:ct`: the synthetic series made in memory;
 * - anything else: a local folder or file.
 *
 * What an address of the web without a `/` at its end is costs one request, unless its name tells.
 * One of object storage is a folder's; where nothing is in the folder, listing it finds the object.
 * Whether a folder is there is told by listing it.
 *
 * @throws {UsageError} The words are none of these, as a UUID with digits missing.
 * @throws {NotFoundError} No folder starts so, or the local path is missing.
 * @throws {AmbiguousSeriesError} Several folders start so.
 *
 * @example
 * ```ts
 * import { locateSeries } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const { address, prefix } = await locateSeries("38902E14B11F4548910E771EE757DC82");
 * assertEquals(prefix, "38902e14-b11f-4548-910e-771ee757dc82/");
 * assertEquals(address, `s3://idc-open-data/${prefix}`);
 * ```
 */
export async function locateSeries(
  spec: string,
  options: LocateSeriesOptions = {},
): Promise<LocatedSeries> {
  options.signal?.throwIfAborted();
  const { root = DEFAULT_ROOT } = options;
  const parsed = parseSeriesSpec(spec);
  switch (parsed.kind) {
    case "uuid": {
      const { store, prefix } = await openStore(root, options);
      return locatedSeries(store, `${prefix}${parsed.uuid}/`);
    }
    case "prefix":
      return await locateByPrefix(parsed.prefixes, parsed.root ?? root, options);
    case "address": {
      const { store, prefix } = await locateAddress(parsed.address, options);
      return locatedSeries(store, prefix);
    }
    case "path": {
      const { openLocal } = await import("./open_local.ts");
      const opened = await openLocal(parsed.path, options);
      if (opened !== null) return locatedSeries(opened.store, opened.prefix);
      if (parsed.mistake !== null) throw new UsageError(parsed.mistake);
      throw new NotFoundError(
        `there is no file or folder '${parsed.path}'; check it, or give a series UUID or an address`,
        { address: parsed.path },
      );
    }
  }
}

/** The one folder under a root whose name starts with the first of the prefixes that any starts with. */
async function locateByPrefix(
  prefixes: readonly string[],
  root: string,
  options: LocateSeriesOptions,
): Promise<LocatedSeries> {
  const { store, prefix: folder } = await openStore(root, options);
  const address = store.url(folder);
  for (const prefix of prefixes) {
    const found: string[] = [];
    for await (const key of store.listFolders(folder + prefix, { signal: options.signal })) {
      found.push(key);
      if (found.length === MAX_MATCHES) break;
    }
    if (found.length === 1) return locatedSeries(store, found[0]!);
    if (found.length > 1) throw ambiguous(`${prefix}*`, found.map(nameOfKey), address);
  }
  throw new NotFoundError(
    `no folder under ${address} starts with '${prefixes[0]}'; check the digits or the root`,
    { address },
  );
}

function ambiguous(
  pattern: string,
  names: readonly string[],
  address: string,
): AmbiguousSeriesError {
  const count = names.length === MAX_MATCHES ? `${MAX_MATCHES} or more` : names.length;
  const more = names.length - MAX_NAMED;
  const named = names.slice(0, MAX_NAMED).join(", ") + (more > 0 ? ` and ${more} more` : "");
  return new AmbiguousSeriesError(
    `'${pattern}' matches ${count} folders under ${address}: ${named}; give more of the name`,
    names,
    { address },
  );
}
