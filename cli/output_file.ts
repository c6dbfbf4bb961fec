import { dirname, join } from "@std/path";
import { OutputError } from "../errors.ts";
import { type ImageFormat, imageFormat } from "../mosaic/image_format.ts";
import type { CliEnvironment } from "./environment.ts";

/** A place that a command writes its result to: a file, whole or not at all, or standard output. */
export interface OutputFile {
  /** The format that its suffix stands for; WebP on standard output. */
  readonly format: ImageFormat;
  /** Whether it is standard output. */
  readonly isStdout: boolean;
  /** Writes the result. */
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Opens an image file to be written, checking before any work is done that it
 * can be.
 *
 * @param path A path with the suffix of an image format, or `-` for standard output.
 * @throws {UsageError} When the suffix is of no image format.
 * @throws {OutputError} When the folder does not exist, or the path is a folder.
 */
export async function openImageFile(
  path: string,
  environment: CliEnvironment,
): Promise<OutputFile> {
  if (path === "-") return { format: "webp", isStdout: true, write: environment.writeOut };
  const format = imageFormat(path);
  const folder = dirname(path);
  const info = await statOf(folder, path);
  if (!info?.isDirectory) {
    throw new OutputError(`cannot write ${path}: there is no folder ${folder}; make it first`, {
      address: path,
    });
  }
  if ((await statOf(path, path))?.isDirectory) {
    throw new OutputError(`cannot write ${path}: it is a folder; give a file name`, {
      address: path,
    });
  }
  return { format, isStdout: false, write: (bytes) => replaceFile(path, bytes) };
}

async function statOf(path: string, output: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw cannotWrite(output, error);
  }
}

/** Writes beside the file, then renames: what stands there is the old file or the new one, never half of it. */
async function replaceFile(named: string, bytes: Uint8Array): Promise<void> {
  const path = await targetOf(named);
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  try {
    await Deno.writeFile(temporary, bytes, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {/* it may never have been made */});
    throw cannotWrite(path, error);
  }
}

/** The file that a symbolic link leads to, which is the one to replace; the path itself where there is none. */
async function targetOf(path: string): Promise<string> {
  try {
    return (await Deno.lstat(path)).isSymlink ? await Deno.realPath(path) : path;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return path;
    throw cannotWrite(path, error);
  }
}

function cannotWrite(path: string, cause: unknown): OutputError {
  const denied = cause instanceof Deno.errors.NotCapable;
  const why = denied
    ? `allow it with --allow-read and --allow-write=${dirname(path)}`
    : reason(cause);
  return new OutputError(`cannot write ${path}: ${why}`, { address: path, cause });
}

function reason(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.replace(/ \(os error \d+\).*$/, "");
}
