import { CacheError } from "../errors.ts";
import { delay } from "../runtime/delay.ts";
import { toCacheError } from "./cache_error.ts";
import { checkCacheName, isCacheName } from "./check_cache_name.ts";
import { inspectEntry } from "./files/inspect_entry.ts";
import { lockFile } from "./files/lock_file.ts";
import { replaceFile } from "./files/replace_file.ts";
import { sweepFolder } from "./files/sweep_folder.ts";
import { unlessMissing } from "./files/unless_missing.ts";
import type { IndexCache, IndexCacheOptions, LockOptions } from "./index_cache.ts";

const SUFFIX = "_index.parquet";

/** Times that a write is tried whose folder or temporary file somebody removes meanwhile. */
const WRITES = 3;

/** Milliseconds between looks at a lock that another program holds. */
const LONGEST_WAIT = 160;

/** What a {@linkcode FileIndexCache} takes beside its folder. */
export interface FileIndexCacheOptions {
  /** Longest wait for a lock that another program holds, in milliseconds; 60,000 by default. */
  readonly lockTimeout?: number | undefined;
  /** Waits that many milliseconds; injected by tests. */
  readonly sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** A clock in milliseconds that never goes back; injected by tests. */
  readonly now?: (() => number) | undefined;
}

/**
 * A cache in a folder, `{directory}/indices/{name}_index.parquet`, shared by all programs of the
 * user. Folders are made when the first index is kept.
 *
 * A folder or file that is a symbolic link, or belongs to another user, is refused with a
 * `CacheError`: someone else could have put it there. What programs left behind that were stopped in
 * the middle of a write is removed by the next write.
 */
export class FileIndexCache implements IndexCache {
  readonly #directory: string;
  readonly #folder: string;
  readonly #lockTimeout: number;
  readonly #sleep: NonNullable<FileIndexCacheOptions["sleep"]>;
  readonly #now: () => number;

  /** Names the folder; nothing is read or written yet. */
  constructor(directory: string, options: FileIndexCacheOptions = {}) {
    // With a slash at its end the path of a symbolic link is that of the folder behind it.
    this.#directory = directory.replace(/(?<=.)[/\\]+$/, "");
    this.#folder = `${this.#directory}/indices`;
    this.#lockTimeout = options.lockTimeout ?? 60_000;
    this.#sleep = options.sleep ?? delay;
    this.#now = options.now ?? (() => performance.now());
  }

  /** Reads the index of a name; null when there is none. */
  async get(name: string, options: IndexCacheOptions = {}): Promise<Uint8Array | null> {
    const path = this.#path(name);
    return await this.#attempt("read", path, options, async () => {
      if (!await this.#check() || await inspectEntry(path, "file") === null) return null;
      return await unlessMissing(() => Deno.readFile(path, withSignal(options))) ?? null;
    });
  }

  /** Keeps an index by a temporary file that is renamed once it is whole and on the disk. */
  async put(name: string, bytes: Uint8Array, options: IndexCacheOptions = {}): Promise<void> {
    const path = this.#path(name);
    await this.#attempt("write", path, options, async () => {
      for (let tries = 1;; tries++) {
        await this.#make();
        await inspectEntry(path, "file");
        try {
          const temporary = `${this.#folder}/.${name}.${crypto.randomUUID()}.tmp`;
          await replaceFile(path, temporary, bytes, options);
          break;
        } catch (error) {
          if (!(error instanceof Deno.errors.NotFound) || tries === WRITES) throw error;
        }
      }
      await sweepFolder(this.#folder);
    });
  }

  /** The names of all indices, ascending. */
  async list(options: IndexCacheOptions = {}): Promise<string[]> {
    return await this.#attempt("list", this.#folder, options, async () => {
      const names: string[] = [];
      if (!await this.#check()) return names;
      for await (const { name: file, isFile } of Deno.readDir(this.#folder)) {
        const name = file.slice(0, -SUFFIX.length);
        if (isFile && file.endsWith(SUFFIX) && isCacheName(name)) names.push(name);
      }
      return names.sort();
    });
  }

  /** Removes an index; answers whether there was one. */
  async delete(name: string, options: IndexCacheOptions = {}): Promise<boolean> {
    const path = this.#path(name);
    return await this.#attempt("remove", path, options, async () => {
      if (!await this.#check() || await inspectEntry(path, "file") === null) return false;
      return await unlessMissing(() => Deno.remove(path).then(() => true)) ?? false;
    });
  }

  /**
   * Waits until no program builds the index of a name. The system lets go of the lock of a program
   * that has ended, however it has; but one that is stopped keeps it.
   *
   * @throws {CacheError} When another program has held it for 60 s.
   */
  async lock(name: string, options: LockOptions = {}): Promise<AsyncDisposable> {
    checkCacheName(name);
    const path = `${this.#folder}/.${name}.lock`;
    return await this.#attempt("lock", path, options, async () => {
      const start = this.#now();
      for (let tries = 0;; tries++) {
        await this.#make();
        const file = await lockFile(path);
        if (file !== null) return { [Symbol.asyncDispose]: () => this.#unlock(file, path) };
        if (tries === 0) options.onWait?.();
        const left = start + this.#lockTimeout - this.#now();
        if (left <= 0) throw this.#lockHeld(name, path);
        // Waiting inside the system would take one of its few threads for files, and with many
        // waiting the holder could not go on.
        await this.#sleep(Math.min(10 * 2 ** tries, LONGEST_WAIT, left), options.signal);
      }
    });
  }

  #lockHeld(name: string, path: string): CacheError {
    return new CacheError(
      `another program has held the lock of ${name} for ${this.#lockTimeout / 1000} s; end it if ` +
        "it hangs, choose another folder with --cache-dir, or do without by --no-cache",
      { address: path },
    );
  }

  async #unlock(file: Deno.FsFile, path: string): Promise<void> {
    try {
      // Removed while held: who waits for it finds another file at its path, or none.
      // Windows tells files by no number, so there the file stays.
      if (Deno.build.os !== "windows") await unlessMissing(() => Deno.remove(path));
    } catch (error) {
      throw toCacheError("unlock", path, error);
    } finally {
      file.close();
    }
  }

  #path(name: string): string {
    checkCacheName(name);
    return `${this.#folder}/${name}${SUFFIX}`;
  }

  /** Runs a step of the cache; what the file system throws comes out as a `CacheError`. */
  async #attempt<T>(
    action: string,
    path: string,
    { signal }: IndexCacheOptions,
    step: () => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (error instanceof CacheError || signal?.aborted) throw error;
      throw toCacheError(action, path, error);
    }
  }

  /** Answers whether the folder is there; refuses one that others could have put there. */
  async #check(): Promise<boolean> {
    return await inspectEntry(this.#directory, "folder") !== null &&
      await inspectEntry(this.#folder, "folder") !== null;
  }

  async #make(): Promise<void> {
    if (await this.#check()) return;
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#check();
  }
}

function withSignal({ signal }: IndexCacheOptions): Deno.ReadFileOptions {
  return signal === undefined ? {} : { signal };
}
