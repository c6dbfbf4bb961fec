import {
  type ByteRange,
  MemoryStore,
  type ObjectEntry,
  type ReadOptions,
  type Store,
  type StoreReply,
} from "@dicom/series-preview/retriever";

/** One read of a {@linkcode CountingStore}. */
export interface CountedRead {
  readonly key: string;
  readonly offset: number;
  readonly length: number;
  /** The ETag that was asked for. */
  readonly etag: string | null;
}

/** A store in memory that keeps a log, and whose replies can be changed. */
export class CountingStore implements Store {
  /** All reads in the order in which they began; a read of a whole object is of infinite length. */
  readonly reads: CountedRead[] = [];
  /** Bytes handed out. */
  bytes = 0;
  readonly #store: MemoryStore;
  readonly #change: (reply: StoreReply, read: CountedRead) => StoreReply | Promise<StoreReply>;

  constructor(
    objects: ReadonlyMap<string, Uint8Array>,
    change: (reply: StoreReply, read: CountedRead) => StoreReply | Promise<StoreReply> = (reply) =>
      reply,
  ) {
    this.#store = new MemoryStore(objects);
    this.#change = change;
  }

  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    if ("suffix" in range) throw new Error("no suffix is asked for here");
    const read = { key, ...range, etag: options.etag ?? null };
    this.reads.push(read);
    return await this.#answer(this.#store.getRange(key, range, options), read);
  }

  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    const read = { key, offset: 0, length: Infinity, etag: options.etag ?? null };
    this.reads.push(read);
    return await this.#answer(this.#store.get(key, options), read);
  }

  list(prefix: string): AsyncIterable<ObjectEntry> {
    return this.#store.list(prefix);
  }

  listFolders(prefix: string): AsyncIterable<string> {
    return this.#store.listFolders(prefix);
  }

  url(key: string): string {
    return this.#store.url(key);
  }

  key(url: string): string | null {
    return this.#store.key(url);
  }

  async #answer(reply: Promise<StoreReply>, read: CountedRead): Promise<StoreReply> {
    const answer = await this.#change(await reply, read);
    this.bytes += answer.bytes.length;
    return answer;
  }
}
