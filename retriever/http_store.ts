import { AccessDeniedError, LimitError, NotFoundError, ProtocolError } from "../errors.ts";
import { compareKeys } from "./compare_keys.ts";
import { HttpClient } from "./http/http_client.ts";
import type { HttpRequest } from "./http/http_request.ts";
import type { HttpListing } from "./http_listing.ts";
import { ListingProgress } from "./listing_progress.ts";
import { parseHttpListing } from "./parse_http_listing.ts";
import { parseHttpTarget, shownAddress } from "./http_target.ts";
import { encodeKey, folderOf, relativeKey } from "./key_path.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/** How deep folders in folders are followed. */
const MAX_DEPTH = 16;
/** How many folders one listing reads. */
const MAX_FOLDERS = 10_000;
/** Names of objects that may well be pages. */
const PAGE_NAME = /\.(x?html?|php|aspx?|jsp)$/i;

/**
 * A web folder whose server lists it.
 *
 * To list a folder its page is read: JSON as nginx and Caddy write it, HTML as
 * most servers write it, or a manifest. Where that is refused, missing or no
 * listing, the file `index.json` in the folder is read as a manifest: an array
 * of names, or of objects with `name`, `key` or `url` and maybe `size`, by
 * itself or as `instances` or `files` of an object. Folders in the folder are
 * listed likewise.
 *
 * A query (as a token) and a name and password in the address go with every
 * request, and are never shown.
 *
 * @example
 * ```ts
 * import { HttpStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new HttpStore("https://example.org/series/?token=secret");
 * assertEquals(store.url("a b.dcm"), "https://example.org/series/a%20b.dcm");
 * assertEquals(store.key("https://example.org/series/a%20b.dcm"), "a b.dcm");
 * ```
 */
export class HttpStore implements Store {
  readonly #base: URL;
  readonly #headers: Headers;
  readonly #client: HttpClient;

  /**
   * Makes a store of the folder at the address; nothing is read before its first request.
   *
   * @throws {UsageError} It is no http or https address.
   */
  constructor(address: string, options: StoreOptions = {}) {
    const { url, headers } = parseHttpTarget(address);
    url.pathname = url.pathname.replace(/\/*$/, "/");
    this.#base = url;
    this.#headers = headers;
    this.#client = new HttpClient(options);
  }

  /** The query that goes with every request; undefined without one. */
  get variant(): string | undefined {
    return this.#base.search || undefined;
  }

  /**
   * Reads a range of an object.
   *
   * @throws {SeriesPreviewError} As {@linkcode Store.getRange} does.
   */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, { ...options, range });
  }

  /**
   * Reads a whole object.
   *
   * @throws {SeriesPreviewError} As {@linkcode Store.getRange} does.
   */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, options);
  }

  /**
   * Lists the objects whose keys start with the prefix.
   *
   * @throws {NotFoundError} The prefix's folder is missing.
   * @throws {ProtocolError} Neither the folder's page nor its `index.json` is a listing.
   * @throws {LimitError} Folders lie deeper than 16, or are more than 10,000, or hold more than
   * 2,000,000 objects.
   */
  async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    const budget = { folders: MAX_FOLDERS };
    const known = new ListingProgress(this.url(prefix));
    for await (const entry of this.#walk(folderOf(prefix), MAX_DEPTH, budget, options, prefix)) {
      yield* known.add([entry], ({ key }) => key, null);
    }
  }

  /**
   * Lists the folders right below a prefix, each ending in `/`.
   *
   * @throws {SeriesPreviewError} As {@linkcode HttpStore.list} does.
   */
  async *listFolders(prefix: string, options: ReadOptions = {}): AsyncGenerator<string> {
    const folder = folderOf(prefix);
    const { files, folders } = await this.#readFolder(folder, options);
    // A manifest names folders only in what is inside them.
    const names = [...folders, ...files.map(({ name }) => name)]
      .filter((name) => name.includes("/"))
      .map((name) => folder + name.slice(0, name.indexOf("/") + 1));
    yield* [...new Set(names)].filter((name) => name.startsWith(prefix)).sort(compareKeys);
  }

  /** The address of a key, without query. */
  url(key: string): string {
    return shownAddress(this.#base) + encodeKey(key);
  }

  /** The key of an address, or null when it is not in this folder. */
  key(url: string): string | null {
    return relativeKey(this.#base, url);
  }

  async *#walk(
    folder: string,
    depth: number,
    budget: { folders: number },
    options: ReadOptions,
    prefix: string,
  ): AsyncGenerator<ObjectEntry> {
    if (depth === 0 || budget.folders-- === 0) {
      const address = this.url(folder);
      const what = depth === 0 ? `deeper than ${MAX_DEPTH}` : `more than ${MAX_FOLDERS}`;
      throw new LimitError(`the folders at ${address} are ${what}; give a folder below`, {
        address,
      });
    }
    const { files, folders } = await this.#readFolder(folder, options);
    const sizes = new Map(files.map(({ name, size }) => [folder + name, size]));
    const keys = [...sizes.keys(), ...folders.map((name) => folder + name)]
      .filter((key) => key.startsWith(prefix))
      .sort(compareKeys);
    for (const key of new Set(keys)) {
      if (key.endsWith("/")) yield* this.#walk(key, depth - 1, budget, options, prefix);
      else yield { key, size: sizes.get(key) ?? null, etag: null };
    }
  }

  async #readFolder(folder: string, options: ReadOptions): Promise<HttpListing> {
    const address = this.url(folder);
    let refusal: Error = new ProtocolError(
      `${address} lists no files; have its server list them, or put an index.json of names there`,
      { address },
    );
    for (const page of [folder, `${folder}index.json`]) {
      try {
        const { text, url } = await this.#client.readText(this.#request(page, options));
        const [requested, address] = [this.#locate(page), this.url(page)];
        const listing = parseHttpListing({ text, requested, url, address });
        if (listing !== null) return listing;
      } catch (error) {
        if (!(error instanceof NotFoundError || error instanceof AccessDeniedError)) throw error;
        // What the folder answered says more than that it has no manifest either.
        if (page === folder) refusal = error;
      }
    }
    throw refusal;
  }

  async #read(
    key: string,
    options: ReadOptions & Pick<HttpRequest, "range">,
  ): Promise<StoreReply> {
    const refusesPages = !PAGE_NAME.test(key);
    const request = { ...options, ...this.#request(key, options), refusesPages };
    const { bytes, totalSize, etag } = await this.#client.read(request);
    return { bytes, totalSize, etag };
  }

  /** The URL that is asked for a key, query and all. */
  #locate(key: string): URL {
    return new URL(this.url(key) + this.#base.search);
  }

  #request(key: string, { signal }: ReadOptions): HttpRequest {
    const headers = new Headers(this.#headers);
    const isListing = key === "" || key.endsWith("/");
    if (isListing) headers.set("accept", "application/json, text/html;q=0.9, */*;q=0.1");
    const url = this.#locate(key);
    return { address: this.url(key), prepare: () => ({ url, headers }), signal };
  }
}
