import { decodeKey } from "./key_path.ts";
import type { Store } from "./store.ts";

/** Where a series is. */
export interface LocatedSeries {
  /** The store that holds it. */
  readonly store: Store;
  /** What to list: the folder's key, ending in `/`, empty for the store's root, or one object's key. */
  readonly prefix: string;
  /** The canonical address, without credentials and query; a folder's ends in `/`. */
  readonly address: string;
  /**
   * What tells the series from any other, for naming what is kept of it: the address, and after it
   * the query or the server of one's own that the address leaves out. Never to be shown, as a query
   * may hold a token.
   */
  readonly cacheKey: string;
  /** The name that the address ends in: the folder's, as a series UUID, or one object's. */
  readonly folder: string;
}

/** The series of a folder, or of one object, of a store. */
export function locatedSeries(store: Store, prefix: string): LocatedSeries {
  const address = store.url(prefix);
  const folder = prefix === "" ? nameOfRoot(address) : nameOfKey(prefix);
  return { store, prefix, address, cacheKey: address + (store.variant ?? ""), folder };
}

/** The last part of a key. */
export function nameOfKey(key: string): string {
  return key.replace(/\/$/, "").split("/").at(-1)!;
}

/** The last part of a store's own address: a folder, else the host or bucket. */
function nameOfRoot(address: string): string {
  return decodeKey(nameOfKey(address.replace(/^[a-z0-9+.-]+:(\/\/)?/i, ""))) || "root";
}
