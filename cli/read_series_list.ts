import { AccessDeniedError, NotFoundError } from "../errors.ts";
import type { CliEnvironment } from "./environment.ts";

/**
 * Reads a list of series, one a line; `-` is standard input. Of a line only what comes before its
 * first tab counts, so that a table as `list` writes it is one, too; empty lines and those that
 * start with `#` do not.
 *
 * @throws {NotFoundError} When there is no such file.
 * @throws {AccessDeniedError} When it may not be read.
 */
export async function readSeriesList(path: string, environment: CliEnvironment): Promise<string[]> {
  const bytes = path === "-" ? await environment.readIn?.() : await readFile(path);
  return new TextDecoder().decode(bytes).split(/\r?\n/)
    .map((line) => line.split("\t")[0]!.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw new NotFoundError(`there is no file ${path} to read series from`, {
        address: path,
        cause,
      });
    }
    const why = cause instanceof Deno.errors.NotCapable
      ? `allow it with --allow-read=${path}`
      : (cause as Error).message.replace(/ \(os error \d+\).*$/, "");
    throw new AccessDeniedError(`cannot read series from ${path}: ${why}`, {
      address: path,
      cause,
    });
  }
}
