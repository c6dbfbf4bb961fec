import { CacheError } from "../errors.ts";
import { readEnvironment } from "../runtime/read_environment.ts";

/** Options of {@linkcode getCacheDirectory}. */
export interface CacheDirectoryOptions {
  /** The folder asked for, which wins over everything else. */
  readonly cacheDir?: string | undefined;
  /** Environment variables; those of the process, where it may read them, by default. */
  readonly env?: ((name: string) => string | undefined) | undefined;
  /** The operating system, as in `Deno.build.os`; the one this runs on by default. */
  readonly platform?: string | undefined;
}

const APPLICATION = "idc-series-preview";

/**
 * The folder of the cache: the option, else `IDC_SERIES_PREVIEW_CACHE_DIR`, else the platform's
 * cache folder and `idc-series-preview`, which a Python tool of that name uses, too.
 *
 * The platform's cache folder is `XDG_CACHE_HOME` or `~/.cache`, on macOS `~/Library/Caches`, on
 * Windows `LOCALAPPDATA`. A variable that is empty or may not be read counts as absent, and so does
 * an `XDG_CACHE_HOME` that is not absolute.
 *
 * @throws {CacheError} When no variable tells the home folder.
 *
 * @example
 * ```ts
 * import { getCacheDirectory } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const env = (name: string) => ({ HOME: "/home/ada" })[name];
 * const directory = getCacheDirectory({ env, platform: "linux" });
 * assertEquals(directory, "/home/ada/.cache/idc-series-preview");
 * ```
 */
export function getCacheDirectory(options: CacheDirectoryOptions = {}): string {
  const env = options.env ?? readEnvironment;
  const chosen = options.cacheDir || env("IDC_SERIES_PREVIEW_CACHE_DIR");
  if (chosen) return chosen;

  const platform = options.platform ?? runningOn() ?? "linux";
  if (platform === "windows") {
    const local = env("LOCALAPPDATA");
    return local ? `${local}\\${APPLICATION}` : missing("LOCALAPPDATA");
  }
  const home = env("HOME");
  if (platform === "darwin") {
    return home ? `${home}/Library/Caches/${APPLICATION}` : missing("HOME");
  }
  const shared = env("XDG_CACHE_HOME");
  if (shared?.startsWith("/")) return `${shared}/${APPLICATION}`;
  return home ? `${home}/.cache/${APPLICATION}` : missing("HOME");
}

function missing(variable: string): never {
  throw new CacheError(
    `there is no cache folder: ${variable} is not set or may not be read; name one with ` +
      "--cache-dir or IDC_SERIES_PREVIEW_CACHE_DIR",
  );
}

/** The operating system, where the runtime is one that tells. */
function runningOn(): string | undefined {
  return (globalThis as { readonly Deno?: { readonly build: { readonly os: string } } }).Deno?.build
    .os;
}
