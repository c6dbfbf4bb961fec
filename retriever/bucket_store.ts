import { UsageError } from "../errors.ts";
import { HttpClient } from "./http/http_client.ts";
import type { HttpRequest, PreparedRequest } from "./http/http_request.ts";
import { encodeKey, encodeText } from "./key_path.ts";
import { ListingProgress } from "./listing_progress.ts";
import { type BucketListing, parseBucketListing } from "./parse_bucket_listing.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/** How the requests of one kind of bucket are made. */
export interface BucketProtocol {
  /** As in `s3` of `s3://bucket/key`. */
  readonly scheme: string;
  /** The server that addresses do not tell: one of one's own, in place of the provider's. */
  readonly endpoint?: string | undefined;
  /** The URL that keys are put behind: ends in `/`. */
  base(): URL;
  /** Headers that sign a GET of the URL; none for an anonymous one. */
  sign(url: URL): Headers | Promise<Headers>;
  /** As {@linkcode HttpRequest.reroute}. */
  reroute?(headers: Headers, refused: URL): boolean;
  /** What to try where access is refused. */
  readonly accessHint: string;
}

/**
 * A bucket of object storage that speaks the XML of S3: reads by range,
 * listings by ListObjectsV2.
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
      // What stands before an @ may be keys, which no message repeats.
      const name = bucket.slice(bucket.lastIndexOf("@") + 1);
      throw new UsageError(`'${name}' is no bucket's name; write ${protocol.scheme}://bucket/…`);
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

  /** Reads a range of an object. */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, { ...options, range });
  }

  /** Reads a whole object. */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, options);
  }

  /** Lists the objects whose keys start with the prefix; the markers of empty folders are left out. */
  async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    const known = new ListingProgress(this.url(prefix));
    for await (const { entries, nextToken } of this.#pages({ prefix }, options)) {
      const added = known.add(entries, ({ key }) => key, nextToken);
      yield* added.filter(({ key, size }) => !(key.endsWith("/") && size === 0));
    }
  }

  /** Lists the folders right below a prefix, each ending in `/`. */
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
      async prepare(): Promise<PreparedRequest> {
        const target = url();
        return { url: target, headers: await protocol.sign(target) };
      },
      reroute: (headers, refused) => protocol.reroute?.(headers, refused) ?? false,
    };
  }
}
