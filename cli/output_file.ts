import { UsageError } from "../errors.ts";
import { type ImageFormat, imageFormat } from "../mosaic/image_format.ts";
import type { CliEnvironment } from "./environment.ts";
import { openWritableFile, type WritableFile } from "./writable_file.ts";

/** A picture's file, whole or not at all, or standard output. */
export interface OutputFile extends WritableFile {
  /** The format that its suffix stands for; WebP on standard output. */
  readonly format: ImageFormat;
}

/**
 * Opens an image file to be written, checking before any work is done that it
 * can be.
 *
 * @param path A path with the suffix of an image format, or `-` for standard output.
 * @throws {UsageError} When the suffix is of no image format, or standard output is a terminal.
 * @throws {OutputError} When the folder does not exist, or the path is a folder.
 */
export async function openImageFile(
  path: string,
  environment: CliEnvironment,
): Promise<OutputFile> {
  if (path === "-" && environment.isOutTerminal?.()) {
    throw new UsageError("a picture is not for a terminal; name a file, or send it on with > or |");
  }
  const format = path === "-" ? "webp" : imageFormat(path);
  return { format, ...await openWritableFile(path, environment) };
}
