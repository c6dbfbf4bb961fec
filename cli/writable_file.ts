import { dirname, join } from "@std/path";
import { OutputError, SeriesPreviewError } from "../errors.ts";
import type { CliEnvironment } from "./environment.ts";
import { temporaryFiles } from "./temporary_files.ts";

/** What is written to an output: bytes, or parts that are made as they are written. */
export type OutputData = Uint8Array | Iterable<Uint8Array>;

/** A place that a command writes its result to: a file, whole or not at all, or standard output. */
export interface WritableFile {
  /** Whether it is standard output. */
  readonly isStdout: boolean;
  /** Writes the result. */
  write(data: OutputData): Promise<void>;
}

/**
 * Opens a file to be written, checking before any work is done that it can be.
 *
 * @param path The file's path, or `-` for standard output.
 * @throws {OutputError} When the folder does not exist, or the path is a folder.
 */
export async function openWritableFile(
  path: string,
  environment: CliEnvironment,
): Promise<WritableFile> {
  if (path === "-") return { isStdout: true, write: (data) => writeOut(data, environment) };
  const folder = dirname(path);
  await checkFolder(folder, path);
  if ((await statOf(path, path))?.isDirectory) {
    throw new OutputError(`cannot write ${path}: it is a folder; give a file name`, {
      address: path,
    });
  }
  return { isStdout: false, write: (data) => replaceFile(path, data) };
}

/**
 * Makes sure that a folder is there to write in.
 *
 * @param output What is to be written there, as the error names it.
 * @throws {OutputError} When it does not exist.
 */
export async function checkFolder(folder: string, output: string): Promise<void> {
  if ((await statOf(folder, output))?.isDirectory) return;
  throw new OutputError(`cannot write ${output}: there is no folder ${folder}; make it first`, {
    address: output,
  });
}

async function writeOut(data: OutputData, environment: CliEnvironment): Promise<void> {
  for (const part of data instanceof Uint8Array ? [data] : data) {
    await environment.writeOut(part);
    // Nobody needs what nobody reads.
    if (environment.isOutClosed?.()) break;
  }
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
async function replaceFile(named: string, data: OutputData): Promise<void> {
  const path = await targetOf(named);
  const temporary = join(dirname(path), `.${crypto.randomUUID()}.tmp`);
  temporaryFiles.add(temporary);
  try {
    const written = data instanceof Uint8Array ? data : ReadableStream.from(data);
    await Deno.writeFile(temporary, written, { createNew: true });
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {/* it may never have been made */});
    // What went wrong in making the data is no fault of the file.
    if (error instanceof SeriesPreviewError) throw error;
    throw cannotWrite(path, error);
  } finally {
    temporaryFiles.delete(temporary);
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
