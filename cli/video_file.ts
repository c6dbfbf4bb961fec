import { UsageError } from "../errors.ts";
import type { CliEnvironment } from "./environment.ts";
import { openWritableFile, type WritableFile } from "./writable_file.ts";

/**
 * Opens a video file to be written, checking before any work is done that it can be.
 *
 * @param path A path that ends in `.mp4`, or `-` for standard output.
 * @throws {UsageError} When it ends otherwise, or standard output is a terminal.
 * @throws {OutputError} When the folder does not exist, or the path is a folder.
 */
export async function openVideoFile(
  path: string,
  environment: CliEnvironment,
): Promise<WritableFile> {
  if (path !== "-" && !/[^/\\]\.mp4$/i.test(path)) {
    const suffix = /[^./\\](\.[^./\\]*)$/.exec(path)?.[1];
    const problem = suffix === undefined ? "has no suffix" : `ends in "${suffix}"`;
    throw new UsageError(`"${path}" ${problem}: a video is .mp4`);
  }
  if (path === "-" && environment.isOutTerminal?.()) {
    throw new UsageError("a video is not for a terminal; name a file, or send it on with > or |");
  }
  return await openWritableFile(path, environment);
}
