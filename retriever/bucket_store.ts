import { UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { HttpClient } from "./http/http_client.ts";
import type { HttpRequest, PreparedRequest } from "./http/http_request.ts";
import { encodeKey, encodeText } from "./key_path.ts";
import { ListingProgress } from "./listing_progress.ts";
import { type BucketListing, parseBucketListing } from "./parse_bucket_listing.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/**
 * How the requests of one kind of bucket are made.
 *
 * @example
 * ```ts
 * import { type BucketProtocol, BucketStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * // A server of one's own that takes a token.
 * const protocol: BucketProtocol = {
 *   scheme: "own",
 *   base: () => new URL("https://storage.example.org/bucket/"),
 *   sign: () => new Headers({ authorization: "Bearer token" }),
 *   // No other place would answer.
 *   reroute: () => false,
 *   accessHint: "ask for a token",
 *   credentialsHint: "hand the token over",
 * };
 * assertEquals(new BucketStore("bucket", protocol).url("a/1.dcm"), "own://bucket/a/1.dcm");
 * ```
 */
export interface BucketProtocol {
  /** As in `s3` of `s3://bucket/key`. */
  readonly scheme: string;
  /** The server that addresses do not tell: one of one's own, in place of the provider's. */
  readonly endpoint?: string | undefined;
  /** The URL that keys are put behind: ends in `/`. */
  base(): URL;
  /**
   * Headers that sign a GET of the URL; none for an anonymous one. Asked for each try, as signatures
   * age; its signal aborts when the read does, and at the read's deadline.
   */
  sign(url: URL, options?: AbortOptions): Headers | Promise<Headers>;
  /**
   * Looks at a redirect or refusal (3xx, 400). True when the URL goes elsewhere from now on, and
   * shall be tried at once.
   *
   * @param headers The reply's headers.
   * @param refused The URL that was asked.
   */
  reroute?(headers: Headers, refused: URL): boolean;
  /** What to try where access is refused. */
  readonly accessHint: string;
  /** What to do instead of writing credentials into an address. */
  readonly credentialsHint: string;
}

/**
 * A bucket of object storage that speaks the XML of S3: reads by range,
 * listings by ListObjectsV2.
 *
 * @example
 * ```ts
 * import { BucketStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new BucketStore("bucket", {
 *   scheme: "own",
 *   base: () => new URL("https://storage.example.org/bucket/"),
 *   sign: () => new Headers(),
 *   accessHint: "only public objects can be read",
 *   credentialsHint: "leave them out",
 * }, { fetch: (url) => Promise.resolve(new Response(String(url))) });
 * const { bytes } = await store.get("a/b 1.dcm");
 * assertEquals(new TextDecoder().decode(bytes), "https://storage.example.org/bucket/a/b%201.dcm");
 * ```
 */
export class BucketStore implements Store {
  /** Name of the bucket. */
  readonly bucket: string;
  readonly #protocol: BucketProtocol;
  readonly #client: HttpClient;

  /**
   * Makes a store; nothing is read before its first request.
   *
   * @throws {UsageError} The bucket's name is none.
   */
  constructor(bucket: string, protocol: BucketProtocol, options: StoreOptions = {}) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/.test(bucket)) {
      throw refusedName(bucket, protocol);
    }
    this.bucket = bucket;
    this.#protocol = protocol;
    this.#client = new HttpClient(options);
  }

  /** `#` and the address of the server, where it is one of one's own. */
  get variant(): string | undefined {
    const { endpoint } = this.#protocol;
    return endpoint === undefined ? undefined : `#${endpoint}`;
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
   * Lists the objects whose keys start with the prefix; the markers of empty folders are left out.
   *
   * @throws {SeriesPreviewError} As {@linkcode Store.list} does.
   * @throws {ProtocolError} The reply is no listing.
   */
  async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    const known = new ListingProgress(this.url(prefix));
    for await (const { entries, nextToken } of this.#pages({ prefix }, options)) {
      const added = known.add(entries, ({ key }) => key, nextToken);
      yield* added.filter(({ key, size }) => !(key.endsWith("/") && size === 0));
    }
  }

  /**
   * Lists the folders right below a prefix, each ending in `/`.
   *
   * @throws {SeriesPreviewError} As {@linkcode BucketStore.list} does.
   */
  async *listFolders(prefix: string, options: ReadOptions = {}): AsyncGenerator<string> {
    const known = new ListingProgress(this.url(prefix));
    for await (const { folders, nextToken } of this.#pages({ prefix, delimiter: "/" }, options)) {
      yield* known.add(folders, (folder) => folder, nextToken);
    }
  }

  /** The address of a key, as in `s3://bucket/key`; the key stands in it as it is, unescaped. */
  url(key: string): string {
    return `${this.#protocol.scheme}://${this.bucket}/${key}`;
  }

  /** The key of an address, or null when it is not in this bucket. */
  key(url: string): string | null {
    const root = this.url("");
    return url.startsWith(root) && url !== root ? url.slice(root.length) : null;
  }

  async #read(
    key: string,
    options: ReadOptions & Pick<HttpRequest, "range">,
  ): Promise<StoreReply> {
    if (key === "") throw new UsageError(`${this.url("")} is a bucket; give the key of an object`);
    // Put together as text: resolved against the base, a key that starts with / would leave it.
    const request = this.#request(key, () => new URL(this.#protocol.base().href + encodeKey(key)));
    const { bytes, totalSize, etag } = await this.#client.read({ ...options, ...request });
    return { bytes, totalSize, etag };
  }

  async *#pages(
    query: { prefix: string; delimiter?: string },
    { signal }: ReadOptions,
  ): AsyncGenerator<BucketListing> {
    const request = this.#request(query.prefix, () => this.#listingUrl(query, token));
    let token: string | null = null;
    do {
      const { text } = await this.#client.readText({ ...request, signal });
      const page = await parseBucketListing(text, request.address);
      token = page.nextToken;
      yield page;
    } while (token !== null);
  }

  #listingUrl(query: { prefix: string; delimiter?: string }, token: string | null): URL {
    const parameters = {
      "list-type": "2",
      // XML cannot hold every character that a key can.
      "encoding-type": "url",
      ...query,
      ...(token === null ? {} : { "continuation-token": token }),
    };
    const url = this.#protocol.base();
    // Path-style listings are of the bucket, `/bucket`, not of a key `/bucket/`.
    if (url.pathname.length > 1) url.pathname = url.pathname.slice(0, -1);
    // Written as signatures write it, so that what is signed is what is sent.
    url.search = Object.entries(parameters)
      .map(([name, value]) => `${name}=${encodeText(value)}`)
      .join("&");
    return url;
  }

  #request(key: string, url: () => URL): HttpRequest {
    const protocol = this.#protocol;
    return {
      address: this.url(key),
      accessHint: protocol.accessHint,
      async prepare(options): Promise<PreparedRequest> {
        const target = url();
        return { url: target, headers: await protocol.sign(target, options) };
      },
      reroute: (headers, refused) => protocol.reroute?.(headers, refused) ?? false,
    };
  }
}

/** Why a bucket cannot be named so. What stands before an @, or after a colon, may be keys, which no message repeats. */
function refusedName(bucket: string, { scheme, credentialsHint }: BucketProtocol): UsageError {
  const name = bucket.slice(bucket.lastIndexOf("@") + 1);
  if (name === bucket) {
    const shown = name.replace(/:.*$/s, ":…");
    return new UsageError(`'${shown}' is no bucket's name; write ${scheme}://bucket/…`);
  }
  return new UsageError(
    `an address takes no name or password; write ${scheme}://${name}/…, ${credentialsHint}`,
  );
}
