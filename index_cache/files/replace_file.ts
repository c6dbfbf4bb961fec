import { unlessMissing } from "./unless_missing.ts";

/**
 * Writes a file that only its owner may read, in place of an earlier one, whole or not at all: a
 * temporary file is renamed once it is on the disk.
 *
 * @param temporary The temporary file's path, which nothing may have yet. It is locked as long as it
 * is in use, so that others can tell it from one that was left behind.
 * @throws {Deno.errors.NotFound} When the folder, or the temporary file in it, was removed meanwhile.
 */
export async function replaceFile(
  path: string,
  temporary: string,
  bytes: Uint8Array,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const file = await Deno.open(temporary, { write: true, createNew: true, mode: 0o600 });
  try {
    await file.tryLock(true);
    for (let written = 0; written < bytes.length;) {
      written += await file.write(bytes.subarray(written));
    }
    await file.sync();
    options.signal?.throwIfAborted();
    await Deno.rename(temporary, path);
  } catch (error) {
    await unlessMissing(() => Deno.remove(temporary));
    throw error;
  } finally {
    file.close();
  }
}
