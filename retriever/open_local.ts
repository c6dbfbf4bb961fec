import { join } from "@std/path";
import { UsageError } from "../errors.ts";
import { localError } from "./local_error.ts";
import { LocalStore } from "./local_store.ts";
import { SingleObjectStore } from "./single_object_store.ts";
import { splitLocal } from "./split_local.ts";
import type { Store } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/**
 * Opens the folder or the file at a path or file URL: a store and the prefix
 * to list; null where nothing is. Runs on Deno only.
 *
 * @throws {AccessDeniedError} It may not be read.
 * @throws {UsageError} This is not Deno.
 */
export async function openLocal(
  place: string,
  options: Pick<StoreOptions, "stats"> = {},
): Promise<{ store: Store; prefix: string } | null> {
  if (!("Deno" in globalThis)) {
    throw new UsageError(`'${place}' is a local path, which only Deno reads; give an address`);
  }
  const { folder, name } = splitLocal(place);
  const path = join(folder, name);
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw localError(error, path, place);
  }
  if (info.isDirectory) return { store: new LocalStore(path, options), prefix: "" };
  const store = new LocalStore(folder, { ...options, followLinks: true });
  return { store: new SingleObjectStore(store, name), prefix: name };
}
