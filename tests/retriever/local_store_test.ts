import { join } from "@std/path";
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AccessDeniedError, NotFoundError, ObjectChangedError } from "../../errors.ts";
import { LocalStore } from "../../retriever/local_store.ts";
import { createTransferStats } from "../../retriever/transfer_stats.ts";

/** A folder for a test; paths in it are made as they are written. */
async function temporaryFolder(files: Record<string, number>): Promise<
  AsyncDisposable & { path: string }
> {
  // Links are compared by where they really lead: so must the folder be.
  const path = await Deno.realPath(await Deno.makeTempDir());
  for (const [name, size] of Object.entries(files)) {
    const file = join(path, name);
    await Deno.mkdir(join(file, ".."), { recursive: true });
    await Deno.writeFile(file, new Uint8Array(size).fill(size));
  }
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

async function keysOf(store: LocalStore, prefix = ""): Promise<string[]> {
  return (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
}

Deno.test("LocalStore leaves hidden files and folders out", async () => {
  await using folder = await temporaryFolder({
    "1.dcm": 1,
    ".DS_Store": 2,
    ".git/x": 3,
    "sub/.hidden": 4,
    "sub/2.dcm": 5,
  });
  const store = new LocalStore(folder.path);
  assertEquals(await keysOf(store), ["1.dcm", "sub/2.dcm"]);
  assertEquals(await Array.fromAsync(store.listFolders("")), ["sub/"]);
});

Deno.test("LocalStore lists a folder that is hidden itself", async () => {
  await using folder = await temporaryFolder({ ".cache/series/1.dcm": 1 });
  assertEquals(await keysOf(new LocalStore(join(folder.path, ".cache/series"))), ["1.dcm"]);
  assertEquals(await keysOf(new LocalStore(folder.path), ".cache/series/"), [
    ".cache/series/1.dcm",
  ]);
});

Deno.test("LocalStore follows links inside the folder, and none in circles", async () => {
  await using folder = await temporaryFolder({ "a/1.dcm": 1, "b/2.dcm": 2 });
  await Deno.symlink("a/1.dcm", join(folder.path, "link.dcm"));
  await Deno.symlink("../b", join(folder.path, "a/to-b"));
  await Deno.symlink("../a", join(folder.path, "b/to-a"));
  await Deno.symlink(".", join(folder.path, "self"));
  const store = new LocalStore(folder.path);
  assertEquals(await keysOf(store), [
    "a/1.dcm",
    "a/to-b/2.dcm",
    "b/2.dcm",
    "b/to-a/1.dcm",
    "link.dcm",
  ]);
  assertEquals((await store.get("a/to-b/2.dcm")).bytes.length, 2);
});

Deno.test("LocalStore lists a link that leads out, and refuses to read it", async () => {
  await using outside = await temporaryFolder({ "secret/1.dcm": 1 });
  await using folder = await temporaryFolder({ "1.dcm": 1 });
  await Deno.symlink(join(outside.path, "secret/1.dcm"), join(folder.path, "file.dcm"));
  await Deno.symlink(join(outside.path, "secret"), join(folder.path, "folder"));
  await Deno.symlink("nowhere", join(folder.path, "broken"));
  const store = new LocalStore(folder.path);
  assertEquals(await keysOf(store), ["1.dcm", "broken", "file.dcm", "folder"]);
  assertEquals(await Array.fromAsync(store.listFolders("")), []);
  for (const key of ["file.dcm", "folder", "folder/1.dcm"]) {
    const error = await assertRejects(() => store.get(key), AccessDeniedError, "leads out of");
    assertEquals(error.address, store.url(key));
  }
  await assertRejects(() => store.get("broken"), NotFoundError, "broken");
  const following = new LocalStore(folder.path, { followLinks: true });
  assertEquals((await following.get("file.dcm")).bytes.length, 1);
});

Deno.test("LocalStore reads what it looked at, though a link is changed in between", async () => {
  await using outside = await temporaryFolder({ "secret.dcm": 7 });
  await using folder = await temporaryFolder({ "1.dcm": 1 });
  const link = join(folder.path, "link.dcm");
  await Deno.symlink(join(folder.path, "1.dcm"), link);
  const { realPath } = Deno;
  Deno.realPath = async (path) => {
    const real = await realPath(path);
    if (path === link) {
      await Deno.remove(link);
      await Deno.symlink(join(outside.path, "secret.dcm"), link);
    }
    return real;
  };
  try {
    const { bytes } = await new LocalStore(folder.path).get("link.dcm");
    assertEquals(bytes, new Uint8Array([1]));
  } finally {
    Deno.realPath = realPath;
  }
});

Deno.test("LocalStore reads through a folder that is a link itself", async () => {
  await using folder = await temporaryFolder({ "real/1.dcm": 1 });
  await Deno.symlink("real", join(folder.path, "alias"));
  const store = new LocalStore(join(folder.path, "alias"));
  assertEquals(await keysOf(store), ["1.dcm"]);
  assertEquals((await store.get("1.dcm")).totalSize, 1);
});

Deno.test("LocalStore waits for no pipe", async () => {
  await using folder = await temporaryFolder({ "1.dcm": 1 });
  const pipe = join(folder.path, "pipe");
  const { success } = await new Deno.Command("mkfifo", { args: [pipe] }).output();
  assert(success);
  const store = new LocalStore(folder.path);
  assertEquals(await keysOf(store), ["1.dcm"]);
  await assertRejects(() => store.get("pipe"), NotFoundError, "no file");
});

Deno.test("LocalStore names the folder or file that is missing", async () => {
  await using folder = await temporaryFolder({ "1.dcm": 1 });
  const missing = join(folder.path, "missing");
  const error = await assertRejects(
    () => keysOf(new LocalStore(missing)),
    NotFoundError,
    `nothing at ${missing}; check the path`,
  );
  assertEquals(error.address, `file://${missing}/`);
  const store = new LocalStore(folder.path);
  await assertRejects(() => keysOf(store, "1.dcm/"), NotFoundError);
  await assertRejects(() => store.get("1.dcm/2.dcm"), NotFoundError);
});

Deno.test("LocalStore tells a file that was written again", async () => {
  await using folder = await temporaryFolder({ "1.dcm": 5 });
  const store = new LocalStore(folder.path);
  const { etag } = await store.get("1.dcm");
  const [entry] = await Array.fromAsync(store.list(""));
  assertEquals(entry, { key: "1.dcm", size: 5, etag });
  await Deno.utime(join(folder.path, "1.dcm"), new Date(), new Date("2001-01-01"));
  const range = { offset: 0, length: 1 };
  await assertRejects(() => store.getRange("1.dcm", range, { etag }), ObjectChangedError);
});

Deno.test("LocalStore tells a file that became shorter while it was read", async () => {
  await using folder = await temporaryFolder({ "1.dcm": 5 });
  const store = new LocalStore(folder.path);
  const { stat } = Deno;
  // The file as it was when it was asked for its size.
  Deno.stat = async (path) => ({ ...await stat(path), size: 9 });
  try {
    await assertRejects(() => store.get("1.dcm"), ObjectChangedError, "1.dcm");
  } finally {
    Deno.stat = stat;
  }
});

Deno.test("LocalStore counts its reads, its listings and their bytes", async () => {
  await using folder = await temporaryFolder({ "1.dcm": 100, "sub/2.dcm": 1 });
  const stats = createTransferStats();
  const store = new LocalStore(folder.path, { stats });
  await keysOf(store);
  await store.getRange("1.dcm", { offset: 90, length: 50 });
  await store.getRange("1.dcm", { suffix: 3 });
  assertEquals(stats, { requests: 4, retries: 0, bytesFetched: 13 });
});

Deno.test("LocalStore stops a listing at the folder where it is aborted", async () => {
  await using folder = await temporaryFolder({ "a/1.dcm": 1, "b/2.dcm": 2 });
  const controller = new AbortController();
  const reason = new Error("enough");
  const store = new LocalStore(folder.path);
  const seen: string[] = [];
  const error = await assertRejects(async () => {
    for await (const { key } of store.list("", { signal: controller.signal })) {
      seen.push(key);
      controller.abort(reason);
    }
  });
  assertStrictEquals(error, reason);
  assertEquals(seen, ["a/1.dcm"]);
});

Deno.test("LocalStore takes a path, a file URL, and one as text", async () => {
  await using folder = await temporaryFolder({ "a b#%41/1.dcm": 1 });
  const path = join(folder.path, "a b#%41");
  const address = `file://${folder.path}/a%20b%23%2541/`;
  for (const place of [path, `${path}/`, new URL(address), address]) {
    const store = new LocalStore(place);
    assertEquals(await keysOf(store), ["1.dcm"]);
    assertEquals(store.url("1.dcm"), `${address}1.dcm`);
  }
});
