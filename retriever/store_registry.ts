import { UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import { parseHttpTarget } from "./http_target.ts";
import { openStore, parseBucketAddress } from "./open_store.ts";
import type { Store } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/** An object: the store that it is in, and its key there. */
export interface ResolvedObject {
  /** The store that holds it. */
  readonly store: Store;
  /** Its key there. */
  readonly key: string;
}

/**
 * Opens stores by the addresses of objects in them, one store a bucket, web
 * server or local folder, so that instances from many places can be read.
 *
 * @example
 * ```ts
 * import { StoreRegistry } from "@dicom/series-preview/retriever";
 * import { assertEquals, assertStrictEquals } from "@std/assert";
 *
 * const stores = new StoreRegistry();
 * const { store, key } = await stores.resolve("s3://idc-open-data/a/1.dcm");
 * assertEquals(key, "a/1.dcm");
 * assertStrictEquals((await stores.resolve("s3://idc-open-data/b/2.dcm")).store, store);
 * ```
 */
export class StoreRegistry {
  readonly #options: StoreOptions;
  readonly #stores = new Map<string, Promise<{ store: Store }>>();

  /** Makes a registry whose stores take these options. */
  constructor(options: StoreOptions = {}) {
    this.#options = options;
  }

  /**
   * The store and key of an object's address: `s3://`, `gs://`, `https://`,
   * `http://`, `file://`, `demo:ct/…`, or a local path.
   *
   * @throws {UsageError} It is no address of an object.
   */
  async resolve(address: string, options: AbortOptions = {}): Promise<ResolvedObject> {
    options.signal?.throwIfAborted();
    return await abortable(this.#resolve(address), options.signal);
  }

  async #resolve(address: string): Promise<ResolvedObject> {
    const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase();
    switch (scheme) {
      case "s3":
      case "gs":
        return await this.#resolveInBucket(address, scheme);
      case "http":
      case "https":
        return await this.#resolveOnWeb(address);
      case "demo": {
        const { store } = await this.#open("demo:ct", (root) => openStore(root, this.#options));
        return found(address, store, store.key(address));
      }
      case "file":
      case undefined:
        return await this.#resolveLocal(address);
      default:
        throw new UsageError(
          `'${scheme}:' addresses are not known; use s3://, gs://, https://, http:// or file://`,
        );
    }
  }

  async #resolveInBucket(address: string, scheme: "s3" | "gs"): Promise<ResolvedObject> {
    const { bucket, key } = parseBucketAddress(address);
    const open = (root: string) => openStore(root, this.#options);
    const { store } = await this.#open(`${scheme}://${bucket}`, open);
    return found(address, store, key);
  }

  async #resolveOnWeb(address: string): Promise<ResolvedObject> {
    const { url } = parseHttpTarget(address);
    // Name and password, and a token in the query, go with the requests of the addresses they are in.
    const server = new URL(address);
    server.pathname = "/";
    server.hash = "";
    const { store } = await this.#open(server.href, (root) => openStore(root, this.#options));
    return found(url.origin + url.pathname, store, store.key(url.href));
  }

  async #resolveLocal(address: string): Promise<ResolvedObject> {
    const [{ LocalStore }, { splitLocal }] = await Promise.all([
      import("./local_store.ts"),
      import("./split_local.ts"),
    ]);
    const { folder, name } = splitLocal(address);
    // The file was named itself, wherever it leads.
    const options = { ...this.#options, followLinks: true };
    const open = (path: string) => Promise.resolve({ store: new LocalStore(path, options) });
    const { store } = await this.#open(folder, open);
    return found(address, store, name);
  }

  /** The store of a root, opened once. */
  #open(
    root: string,
    open: (root: string) => Promise<{ store: Store }>,
  ): Promise<{ store: Store }> {
    const known = this.#stores.get(root);
    if (known !== undefined) return known;
    const opened = open(root);
    this.#stores.set(root, opened);
    return opened;
  }
}

function found(address: string, store: Store, key: string | null): ResolvedObject {
  if (key !== null && key !== "" && !key.endsWith("/")) return { store, key };
  throw new UsageError(`${address} is no address of an object; give that of an instance`, {
    address,
  });
}
