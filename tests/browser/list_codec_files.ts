import { sharedData } from "../support/shared_data.ts";

/** The objects of all transfer syntaxes among the shared data, by file name; none where it is not there. */
export async function listCodecFiles(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const folder = new URL("codecs/", sharedData);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  try {
    for await (const { name } of Deno.readDir(folder)) {
      if (name.endsWith(".dcm")) files.set(name, await Deno.readFile(new URL(name, folder)));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files;
}
