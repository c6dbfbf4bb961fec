import { CacheError } from "../errors.ts";
import { delay } from "../runtime/delay.ts";
import { toCacheError } from "./cache_error.ts";
import { checkCacheName, isCacheName } from "./check_cache_name.ts";
import type { IndexCache, IndexCacheOptions, LockOptions } from "./index_cache.ts";

const SUFFIX = "_index.parquet";

/** A writer holds its temporary file's lock; it has this long to take it. */
const TEMPORARY_GRACE = 60_000;

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
 * A folder that is a symbolic link, or belongs to another user, is refused with a `CacheError`:
 * someone else could have put it there.
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
      if (!await this.#check()) return null;
      return await unlessMissing(() => Deno.readFile(path, withSignal(options))) ?? null;
    });
  }

  /** Keeps an index by a temporary file that is renamed once it is whole and on the disk. */
  async put(name: string, bytes: Uint8Array, options: IndexCacheOptions = {}): Promise<void> {
    const path = this.#path(name);
    const temporary = `${this.#folder}/.${name}.${crypto.randomUUID()}.tmp`;
    await this.#attempt("write", path, options, async () => {
      await this.#make();
      try {
        await writeDurably(temporary, bytes);
        options.signal?.throwIfAborted();
        await Deno.rename(temporary, path);
      } catch (error) {
        await unlessMissing(() => Deno.remove(temporary));
        throw error;
      }
      await this.#sweep();
    });
  }

  /** The names of all indices, ascending. */
  async list(options: IndexCacheOptions = {}): Promise<string[]> {
    return await this.#attempt("list", this.#folder, options, async () => {
      const names: string[] = [];
      if (!await this.#check()) return names;
      for await (const { name: file } of Deno.readDir(this.#folder)) {
        const name = file.slice(0, -SUFFIX.length);
        if (file.endsWith(SUFFIX) && isCacheName(name)) names.push(name);
      }
      return names.sort();
    });
  }

  /** Removes an index; answers whether there was one. */
  async delete(name: string, options: IndexCacheOptions = {}): Promise<boolean> {
    const path = this.#path(name);
    return await this.#attempt("remove", path, options, async () => {
      if (!await this.#check()) return false;
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
      await this.#make();
      const start = this.#now();
      for (let tries = 0;; tries++) {
        const file = await Deno.open(path, { write: true, create: true, mode: 0o600 });
        let held = false;
        try {
          // The one before may have removed the file between opening and locking it.
          held = await file.tryLock(true) && await isSameFile(file, path);
          if (held) return { [Symbol.asyncDispose]: () => this.#unlock(file, path) };
        } finally {
          if (!held) file.close();
        }
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
    for (const folder of [this.#directory, this.#folder]) {
      const info = await unlessMissing(() => Deno.lstat(folder));
      if (info === undefined) return false;
      const advice = "choose another folder with --cache-dir, or do without by --no-cache";
      if (!info.isDirectory) {
        const what = info.isSymlink ? "a symbolic link" : "no folder";
        throw new CacheError(`the cache ${folder} is ${what}; ${advice}`, { address: folder });
      }
      if (info.uid !== null && info.uid !== (await ownUid() ?? info.uid)) {
        throw new CacheError(`the cache ${folder} belongs to another user; ${advice}`, {
          address: folder,
        });
      }
    }
    return true;
  }

  async #make(): Promise<void> {
    if (await this.#check()) return;
    await Deno.mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await this.#check();
  }

  /** Removes the temporary files of writers that ended before they were done. */
  async #sweep(): Promise<void> {
    for await (const { name, isFile } of Deno.readDir(this.#folder)) {
      if (!isFile || !/^\..+\.tmp$/.test(name)) continue;
      const path = `${this.#folder}/${name}`;
      await unlessMissing(async () => {
        const { mtime } = await Deno.lstat(path);
        if (Date.now() - (mtime?.getTime() ?? Infinity) < TEMPORARY_GRACE) return;
        const file = await Deno.open(path, { write: true });
        try {
          if (await file.tryLock(true)) await Deno.remove(path);
        } finally {
          file.close();
        }
      });
    }
  }
}

/** The user's number, where the system has such and the program may know it. */
async function ownUid(): Promise<number | null> {
  const { state } = await Deno.permissions.query({ name: "sys", kind: "uid" });
  return state === "granted" ? Deno.uid() : null;
}

/** Runs a step of which nothing is left to do when its file is gone. */
async function unlessMissing<T>(step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function withSignal({ signal }: IndexCacheOptions): Deno.ReadFileOptions {
  return signal === undefined ? {} : { signal };
}

/** Writes a new file that only its owner may read, and has it on the disk when it returns. */
async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await Deno.open(path, { write: true, createNew: true, mode: 0o600 });
  try {
    await file.tryLock(true);
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
    await file.sync();
  } finally {
    file.close();
  }
}

/** Whether the file at a path is still the one that is open; taken for granted on Windows. */
async function isSameFile(file: Deno.FsFile, path: string): Promise<boolean> {
  if (Deno.build.os === "windows") return true;
  const [open, named] = await Promise.all([file.stat(), unlessMissing(() => Deno.stat(path))]);
  return named !== undefined && open.ino === named.ino && open.dev === named.dev;
}
