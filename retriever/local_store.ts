import { fromFileUrl, join, resolve, SEPARATOR, toFileUrl } from "@std/path";
import { AccessDeniedError, NotFoundError, ObjectChangedError } from "../errors.ts";
import { checkRange } from "./check_range.ts";
import { compareKeys } from "./compare_keys.ts";
import { encodeKey, folderOf, relativeKey } from "./key_path.ts";
import { localError } from "./local_error.ts";
import { sliceRange } from "./slice_range.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";
import { createTransferStats, type TransferStats } from "./transfer_stats.ts";

/** What a {@linkcode LocalStore} takes. */
export interface LocalStoreOptions extends Pick<StoreOptions, "stats"> {
  /** Whether links out of the folder are read, as for a file that was named itself; not by default. */
  followLinks?: boolean | undefined;
}

/** A folder on the way down, and the real paths of those that it is in. */
interface Folder {
  /** Its key, ending in `/`; empty for the root. */
  readonly key: string;
  readonly parents: readonly string[];
}

/** Something in a folder that a listing shows. */
interface Item {
  /** Its key; a folder's ends in `/`. */
  readonly key: string;
  readonly info: Deno.FileInfo | null;
}

/**
 * A local folder; its files are the objects, with `/` in the keys on every
 * platform.
 *
 * Hidden files and folders (`.name`) are not listed. A symbolic link is
 * followed inside the folder; one that leads out of it is listed as an object
 * whose reading is refused, so that it is not missed. ETags are made of size
 * and time of change.
 *
 * Runs on Deno only, and needs the permission to read the folder.
 */
export class LocalStore implements Store {
  readonly #root: string;
  readonly #base: URL;
  readonly #stats: TransferStats;
  readonly #followLinks: boolean;
  #realRoot: Promise<string> | undefined;

  /** Makes a store of the folder at a path or file URL; nothing is read before its first request. */
  constructor(folder: string | URL, options: LocalStoreOptions = {}) {
    const path = folder instanceof URL || folder.startsWith("file:") ? fromFileUrl(folder) : folder;
    this.#root = resolve(path);
    this.#base = toFileUrl(join(this.#root, SEPARATOR));
    this.#stats = options.stats ?? createTransferStats();
    this.#followLinks = options.followLinks ?? false;
  }

  /** Reads a range of an object. */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    checkRange(range);
    return await this.#read(key, range, options);
  }

  /** Reads a whole object. */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, { offset: 0, length: Number.MAX_SAFE_INTEGER }, options);
  }

  /**
   * Lists the files whose keys start with the prefix.
   *
   * @throws {NotFoundError} The prefix's folder is missing.
   * @throws {AccessDeniedError} It, or a folder in it, may not be read.
   */
  async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    yield* this.#walk({ key: folderOf(prefix), parents: [] }, prefix, options);
  }

  /** Lists the folders right below a prefix, each ending in `/`. */
  async *listFolders(prefix: string, options: ReadOptions = {}): AsyncGenerator<string> {
    for (const { key } of await this.#items({ key: folderOf(prefix), parents: [] }, options)) {
      if (key.endsWith("/") && key.startsWith(prefix)) yield key;
    }
  }

  /** The file URL of a key. */
  url(key: string): string {
    return this.#base.href + encodeKey(key);
  }

  /** The key of a file URL, or null when it is not in this folder. */
  key(url: string): string | null {
    return relativeKey(this.#base, url);
  }

  async *#walk(
    folder: Folder,
    prefix: string,
    options: ReadOptions,
  ): AsyncGenerator<ObjectEntry> {
    const parents = [...folder.parents, await this.#realPath(folder.key)];
    for (const { key, info } of await this.#items({ ...folder, parents }, options)) {
      if (!key.startsWith(prefix)) continue;
      if (key.endsWith("/")) yield* this.#walk({ key, parents }, prefix, options);
      else yield { key, size: info?.size ?? null, etag: info === null ? null : etagOf(info) };
    }
  }

  /** What is in a folder, in key order; sockets, pipes and devices are left out. */
  async #items({ key: folder, parents }: Folder, { signal }: ReadOptions): Promise<Item[]> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    const path = this.#path(folder);
    try {
      const entries: Deno.DirEntry[] = [];
      for await (const entry of Deno.readDir(path)) {
        signal?.throwIfAborted();
        if (!entry.name.startsWith(".")) entries.push(entry);
      }
      const items = await Promise.all(entries.map((entry) => this.#item(folder, entry, parents)));
      return items.filter((item) => item !== null).sort((a, b) => compareKeys(a.key, b.key));
    } catch (error) {
      signal?.throwIfAborted();
      throw localError(error, path, this.url(folder));
    }
  }

  async #item(
    folder: string,
    { name, isDirectory, isFile, isSymlink }: Deno.DirEntry,
    parents: readonly string[],
  ): Promise<Item | null> {
    const key = folder + name;
    if (isDirectory) return { key: `${key}/`, info: null };
    const path = this.#path(key);
    if (isSymlink) {
      const target = await ifThere(Deno.realPath(path));
      // A link back up: what it leads to is being listed.
      if (target !== null && parents.includes(target)) return null;
      // A broken link, or one out of the folder: reading it tells.
      if (target === null || !await this.#isInside(target)) return { key, info: null };
    } else if (!isFile) return null;
    const info = await ifThere(Deno.stat(path));
    if (info?.isDirectory) return { key: `${key}/`, info: null };
    return info === null || info.isFile ? { key, info } : null;
  }

  async #read(
    key: string,
    range: ByteRange,
    { signal, etag: expected }: ReadOptions,
  ): Promise<StoreReply> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    const address = this.url(key);
    const path = this.#path(key);
    try {
      // What is looked at is what is read, though a link on the way to it be changed in between.
      const real = await Deno.realPath(path);
      if (!await this.#isInside(real)) {
        throw new AccessDeniedError(
          `${path} leads out of ${this.#root}; give the folder that it leads to`,
          { address },
        );
      }
      // Asked by path: to open a pipe would wait for somebody to write into it.
      const info = await Deno.stat(real);
      if (!info.isFile) throw new NotFoundError(`${path} is no file`, { address });
      const etag = etagOf(info);
      if (expected && expected !== etag) throw changed(path, address);
      const { start, end } = sliceRange(range, info.size);
      const bytes = await readFile(real, start, end, signal);
      this.#stats.bytesFetched += bytes.length;
      if (bytes.length < end - start) throw changed(path, address);
      return { bytes, totalSize: info.size, etag };
    } catch (error) {
      signal?.throwIfAborted();
      throw localError(error, path, address);
    }
  }

  #path(key: string): string {
    return join(this.#root, ...key.split("/"));
  }

  async #realPath(key: string): Promise<string> {
    const path = this.#path(key);
    try {
      return await Deno.realPath(path);
    } catch (error) {
      throw localError(error, path, this.url(key));
    }
  }

  async #isInside(path: string): Promise<boolean> {
    if (this.#followLinks) return true;
    this.#realRoot ??= this.#realPath("");
    return path.startsWith(join(await this.#realRoot, SEPARATOR));
  }
}

/** Reads the bytes from start to before end; fewer when the file has become shorter. */
async function readFile(
  path: string,
  start: number,
  end: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  if (bytes.length === 0) return bytes;
  const file = await Deno.open(path, { read: true });
  try {
    if (start > 0) await file.seek(start, Deno.SeekMode.Start);
    let length = 0;
    while (length < bytes.length) {
      signal?.throwIfAborted();
      const count = await file.read(bytes.subarray(length));
      if (count === null) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    file.close();
  }
}

function etagOf({ mtime, size }: Deno.FileInfo): string {
  return `"${(mtime?.getTime() ?? 0).toString(16)}-${size.toString(16)}"`;
}

function changed(path: string, address: string): ObjectChangedError {
  return new ObjectChangedError(
    `${path} is not the file it was; read the series anew with --rebuild`,
    {
      address,
    },
  );
}

/** What a promise answers, or null where the file is missing. */
async function ifThere<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
