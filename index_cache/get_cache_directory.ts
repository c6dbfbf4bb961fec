import { CacheError } from "../errors.ts";

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
  const env = options.env ?? readProcessVariable;
  const chosen = options.cacheDir || env("IDC_SERIES_PREVIEW_CACHE_DIR");
  if (chosen) return chosen;

  const platform = options.platform ?? process()?.build.os ?? "linux";
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

/** What is used of the Deno namespace, which a browser has not. */
interface Process {
  readonly build: { readonly os: string };
  readonly env: { get(name: string): string | undefined };
}

function process(): Process | undefined {
  return (globalThis as { readonly Deno?: Process }).Deno;
}

/** An environment variable of the process; one that may not be read counts as absent. */
function readProcessVariable(name: string): string | undefined {
  try {
    return process()?.env.get(name);
  } catch (error) {
    if ((error as Error).name === "NotCapable") return undefined;
    throw error;
  }
}
