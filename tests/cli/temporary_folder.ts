import { dirname, join } from "@std/path";

/** A folder of the system's temporary ones that is removed with all in it. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** The path of something in it. */
  join(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** Writes files below a folder in it; answers that folder's path. */
  async write(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<string> {
    const root = this.join(folder);
    await Deno.mkdir(root, { recursive: true });
    for (const [name, bytes] of files) {
      const path = join(root, name);
      await Deno.mkdir(dirname(path), { recursive: true });
      await Deno.writeFile(path, bytes);
    }
    return root;
  }

  /** The names in a folder in it, hidden ones too, sorted; none where it is missing. */
  async names(folder = ""): Promise<string[]> {
    const names: string[] = [];
    try {
      for await (const { name } of Deno.readDir(this.join(folder))) names.push(name);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return names.sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Makes a temporary folder; `await using` removes it. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  return new TemporaryFolder(await Deno.makeTempDir({ prefix: "series-preview-test-" }));
}
