import { join } from "@std/path";

/** An object that the server can send. */
export interface SourceObject {
  readonly size: number;
  readonly etag: string;
  /** Its bytes from start to before end. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Where the server's objects come from. */
export interface ObjectSource {
  /** All keys, in no order. */
  keys(): Promise<string[]>;
  /** The object at a key, or null. */
  open(key: string): Promise<SourceObject | null>;
}

/** Serves the objects of a map, which may change while the server runs. */
export function mapSource(objects: ReadonlyMap<string, Uint8Array>): ObjectSource {
  const etags = new WeakMap<Uint8Array, string>();
  return {
    keys: () => Promise.resolve([...objects.keys()]),
    async open(key) {
      const object = objects.get(key);
      if (object === undefined) return null;
      const etag = etags.get(object) ?? await hashOf(object);
      etags.set(object, etag);
      const read = (start: number, end: number) => Promise.resolve(object.slice(start, end));
      return { size: object.length, etag, read };
    },
  };
}

async function hashOf(object: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(object));
  return `"${new Uint8Array(digest).subarray(0, 16).toHex()}"`;
}

/** Serves the files of a folder. */
export function folderSource(folder: string): ObjectSource {
  const walk = async (prefix: string): Promise<string[]> => {
    const keys: string[] = [];
    for await (const entry of Deno.readDir(join(folder, prefix))) {
      if (entry.isDirectory) keys.push(...await walk(`${prefix}${entry.name}/`));
      else if (entry.isFile) keys.push(prefix + entry.name);
    }
    return keys;
  };
  return {
    keys: () => walk(""),
    async open(key) {
      const path = join(folder, ...key.split("/"));
      const info = await Deno.stat(path).catch(() => null);
      if (!info?.isFile || key.split("/").includes("..")) return null;
      return {
        size: info.size,
        etag: `"${info.size.toString(16)}-${(info.mtime?.getTime() ?? 0).toString(16)}"`,
        read: (start, end) => readFile(path, start, end),
      };
    },
  };
}

async function readFile(
  path: string,
  start: number,
  end: number,
): Promise<Uint8Array<ArrayBuffer>> {
  using file = await Deno.open(path);
  await file.seek(start, Deno.SeekMode.Start);
  const bytes = new Uint8Array(end - start);
  let length = 0;
  while (length < bytes.length) {
    const count = await file.read(bytes.subarray(length));
    if (count === null) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
