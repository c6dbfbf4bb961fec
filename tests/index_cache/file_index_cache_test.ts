import { CacheError } from "../../errors.ts";
import { toCacheError } from "../../index_cache/cache_error.ts";
import { FileIndexCache } from "../../index_cache/file_index_cache.ts";
import {
  IndexBuilder,
  loadOrGenerateIndex,
  openFileIndexCache,
} from "@dicom/series-preview/index-cache";
import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { fakeClock } from "../support/fake_clock.ts";

const windows = Deno.build.os === "windows";
const bytes = new Uint8Array([1, 2, 3]);

/** Runs a test with a folder that is there only for it. */
async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function fileNames(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

Deno.test("an index lies in indices, and only its owner may read it", async () => {
  await withFolder(async (folder) => {
    const cache = await openFileIndexCache(`${folder}/deep/cache`);
    await cache.put("ct-1", bytes);
    assertEquals(await fileNames(`${folder}/deep/cache/indices`), ["ct-1_index.parquet"]);
    const path = `${folder}/deep/cache/indices/ct-1_index.parquet`;
    assertEquals(await Deno.readFile(path), bytes);
    if (windows) return;
    const mode = async (path: string) => (await Deno.stat(path)).mode! & 0o777;
    assertEquals(await mode(path), 0o600);
    for (const part of ["deep", "deep/cache", "deep/cache/indices"]) {
      assertEquals(await mode(`${folder}/${part}`), 0o700);
    }
  });
});

Deno.test("looking into a cache makes no folder", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(`${folder}/cache`);
    assertEquals([await cache.get("a"), await cache.list(), await cache.delete("a")], [
      null,
      [],
      false,
    ]);
    assertEquals(await fileNames(folder), []);
  });
});

Deno.test("other files are neither listed nor removed", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    for (const name of ["notes.txt", "bad name_index.parquet", "_index.parquet", ".b.tmp.txt"]) {
      await Deno.writeTextFile(`${folder}/indices/${name}`, "");
    }
    await cache.put("b", bytes);
    assertEquals(await cache.list(), ["a", "b"]);
    assertEquals((await fileNames(`${folder}/indices`)).length, 6);
  });
});

Deno.test("a lock leaves no file behind", { ignore: windows }, async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    const lock = await cache.lock("a");
    assertEquals(await fileNames(`${folder}/indices`), [".a.lock"]);
    await lock[Symbol.asyncDispose]();
    assertEquals(await fileNames(`${folder}/indices`), []);
  });
});

/** The name of a temporary file of an index. */
const temporaryName = (name: string) => `.${name}.${crypto.randomUUID()}.tmp`;

Deno.test("temporary files of dead writers are removed, those at work stay", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    const indices = `${folder}/indices`;
    const [dead, other, alive] = ["a", "b.c", "a"].map(temporaryName) as [string, string, string];
    for (const name of [dead, other, alive]) await Deno.writeFile(`${indices}/${name}`, bytes);
    using file = await Deno.open(`${indices}/${alive}`, { write: true });
    await file.lock(true);
    await cache.put("b", bytes);
    assertEquals(await fileNames(indices), [alive, "a_index.parquet", "b_index.parquet"]);
  });
});

Deno.test("lock files left behind are removed, those held or just made stay", {
  ignore: windows,
}, async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await using _held = await cache.lock("held");
    const indices = `${folder}/indices`;
    await Deno.writeTextFile(`${indices}/.dead.lock`, "");
    await Deno.writeTextFile(`${indices}/.new.lock`, "");
    const long = new Date(Date.now() - 3_600_000);
    for (const name of ["held", "dead"]) await Deno.utime(`${indices}/.${name}.lock`, long, long);
    await cache.put("b", bytes);
    assertEquals(await fileNames(indices), [".held.lock", ".new.lock", "b_index.parquet"]);
  });
});

Deno.test("files that are none of the cache's stay, whatever they are called", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    const long = new Date(Date.now() - 3_600_000);
    const names = [".a.tmp", ".b c.lock", ".lock", ".tmp", ".x.1234.tmp", "a.lock"];
    for (const name of names) {
      await Deno.writeTextFile(`${folder}/indices/${name}`, "");
      await Deno.utime(`${folder}/indices/${name}`, long, long);
    }
    await cache.put("a", bytes);
    assertEquals(await fileNames(`${folder}/indices`), [...names, "a_index.parquet"].sort());
  });
});

Deno.test("writers that sweep at the same time do not hurt each other", async () => {
  await withFolder(async (folder) => {
    const names = Array.from({ length: 8 }, (_, i) => `n${i}`);
    await Promise.all(names.map(async (name) => {
      const cache = new FileIndexCache(folder);
      for (let i = 0; i < 20; i++) await cache.put(name, bytes);
    }));
    const left = await fileNames(`${folder}/indices`);
    assertEquals(left, names.map((name) => `${name}_index.parquet`));
  });
});

Deno.test("a write that fails leaves the earlier index and no temporary file", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    // Aborted between its bytes and its name.
    const controller = new AbortController();
    const signal = new Proxy(controller.signal, {
      get(target, key) {
        if (key !== "throwIfAborted") return Reflect.get(target, key, target);
        return () => {
          target.throwIfAborted();
          controller.abort(new Error("stop"));
        };
      },
    });
    await assertRejects(() => cache.put("a", new Uint8Array(9), { signal }), Error, "stop");
    assertEquals(await fileNames(`${folder}/indices`), ["a_index.parquet"]);
    assertEquals(await cache.get("a"), bytes);
  });
});

Deno.test("what is no file is neither read, written, listed nor removed as an index", async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    const path = `${folder}/indices/b_index.parquet`;
    await Deno.mkdir(path);
    const refused = `${path} in the cache is no file; remove it, choose another folder`;
    for (
      const call of [() => cache.get("b"), () => cache.put("b", bytes), () => cache.delete("b")]
    ) {
      const error = await assertRejects(call, CacheError, refused);
      assertEquals(error.address, path);
    }
    assertEquals(await cache.list(), ["a"]);
    assertEquals(await fileNames(`${folder}/indices`), ["a_index.parquet", "b_index.parquet"]);
  });
});

Deno.test("planted links are followed by no call, and nothing they lead to is touched", {
  ignore: windows,
}, async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(`${folder}/cache`);
    await cache.put("a", bytes);
    const [indices, outside] = [`${folder}/cache/indices`, `${folder}/outside`];
    await Deno.mkdir(outside);
    const long = new Date(Date.now() - 3_600_000);
    const plant = async (name: string, target: string) => {
      await Deno.symlink(`${outside}/${target}`, `${indices}/${name}`);
      if (target !== "there") return;
      await Deno.writeFile(`${outside}/there`, bytes);
      await Deno.utime(`${outside}/there`, long, long);
    };
    for (const target of ["there", "missing"]) {
      await plant("b_index.parquet", target);
      await plant(".b.lock", target);
      const left = temporaryName("b");
      await plant(left, target);
      const refused = "in the cache is a symbolic link; remove it, choose another folder";
      await assertRejects(() => cache.get("b"), CacheError, refused);
      await assertRejects(() => cache.put("b", new Uint8Array(9)), CacheError, refused);
      await assertRejects(() => cache.delete("b"), CacheError, refused);
      await assertRejects(() => cache.lock("b"), CacheError, refused);
      await cache.put("a", bytes);
      assertEquals(await cache.list(), ["a"]);
      const kept = [".b.lock", left, "a_index.parquet", "b_index.parquet"];
      assertEquals(await fileNames(indices), kept.sort());
      assertEquals(await fileNames(outside), target === "there" ? ["there"] : []);
      if (target === "there") {
        assertEquals(await Deno.readFile(`${outside}/there`), bytes);
        const { mtime, mode } = await Deno.stat(`${outside}/there`);
        assertEquals([mtime?.getTime(), mode! & 0o200], [long.getTime(), 0o200]);
        await Deno.remove(`${outside}/there`);
      }
      for (const name of ["b_index.parquet", ".b.lock", left]) {
        await Deno.remove(`${indices}/${name}`);
      }
    }
  });
});

Deno.test("a folder that is a symbolic link is refused", { ignore: windows }, async () => {
  await withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/elsewhere/indices`, { recursive: true });
    await Deno.writeFile(`${folder}/elsewhere/indices/a_index.parquet`, bytes);
    await Deno.symlink(`${folder}/elsewhere`, `${folder}/linked`);
    await Deno.mkdir(`${folder}/half`);
    await Deno.symlink(`${folder}/elsewhere/indices`, `${folder}/half/indices`);
    for (const directory of [`${folder}/linked`, `${folder}/linked/`, `${folder}/half`]) {
      const cache = new FileIndexCache(directory);
      const refused = "is a symbolic link; choose another folder with --cache-dir";
      await assertRejects(() => cache.get("a"), CacheError, refused);
      await assertRejects(() => cache.put("b", bytes), CacheError, refused);
      await assertRejects(() => cache.list(), CacheError, refused);
      await assertRejects(() => cache.delete("a"), CacheError, refused);
      await assertRejects(() => cache.lock("a"), CacheError, refused);
    }
    assertEquals(await fileNames(`${folder}/elsewhere/indices`), ["a_index.parquet"]);
  });
});

Deno.test("a folder of another user is refused, and so is a file", {
  // Only the superuser may give files away.
  ignore: windows || Deno.uid() !== 0,
}, async () => {
  await withFolder(async (folder) => {
    const cache = new FileIndexCache(folder);
    await cache.put("a", bytes);
    const refused = "belongs to another user";
    await Deno.chown(`${folder}/indices`, 12345, 12345);
    await assertRejects(() => cache.get("a"), CacheError, refused);
    await assertRejects(() => cache.put("a", bytes), CacheError, refused);
    await Deno.chown(`${folder}/indices`, Deno.uid(), Deno.gid());

    const temporary = temporaryName("a");
    for (const name of ["a_index.parquet", ".a.lock", temporary]) {
      await Deno.writeFile(`${folder}/indices/${name}`, bytes);
      await Deno.chown(`${folder}/indices/${name}`, 12345, 12345);
    }
    await assertRejects(() => cache.get("a"), CacheError, refused);
    await assertRejects(() => cache.put("a", new Uint8Array(9)), CacheError, refused);
    await assertRejects(() => cache.lock("a"), CacheError, refused);
    await cache.put("b", bytes);
    assertEquals(
      await fileNames(`${folder}/indices`),
      [
        ".a.lock",
        temporary,
        "a_index.parquet",
        "b_index.parquet",
      ].sort(),
    );
  });
});

Deno.test("a file in place of the folder is a cache error", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/cache`, "");
    const cache = new FileIndexCache(`${folder}/cache`);
    await assertRejects(() => cache.get("a"), CacheError, "is no folder");
    await assertRejects(() => cache.put("a", bytes), CacheError, "is no folder");
  });
});

Deno.test("a failure of the file system is one line that says what to try", () => {
  const said = (cause: Error) => {
    const error = toCacheError("write", "/c/x", cause);
    assertInstanceOf(error, CacheError);
    assertEquals([error.address, error.cause], ["/c/x", cause]);
    return error.message;
  };
  const full = Object.assign(new Error("No space left on device (os error 28)"), {
    code: "ENOSPC",
  });
  assertEquals(
    said(full),
    "cannot write /c/x of the cache: no space is left; free some, choose another folder with " +
      "--cache-dir, or do without by --no-cache",
  );
  assertEquals(
    said(new Deno.errors.PermissionDenied("x")),
    "cannot write /c/x of the cache: access is denied; choose another folder with --cache-dir, " +
      "or do without by --no-cache",
  );
  assertEquals(
    said(new Deno.errors.NotCapable("x")),
    "cannot write /c/x of the cache: the program may not; run with --allow-read and " +
      "--allow-write for the folder, or use --no-cache",
  );
  const readOnly = Object.assign(new Error("x"), { code: "EROFS" });
  assertEquals(said(readOnly).includes("the file system is read-only"), true);
  assertEquals(said(new Error("odd")).includes("cache: odd; choose"), true);
});

/** Runs a program that has the cache of a folder at hand, and answers what it wrote. */
async function run(folder: string, body: string, flags: readonly string[]): Promise<string> {
  const source = new URL("../../index_cache/file_index_cache.ts", import.meta.url).href;
  const script = `${folder}/script_${crypto.randomUUID()}.ts`;
  await Deno.writeTextFile(
    script,
    `import { FileIndexCache } from ${JSON.stringify(source)};
    const folder = ${JSON.stringify(folder)};
    const cache = new FileIndexCache(folder + "/cache");
    ${body}`,
  );
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", "--no-config", "--no-lock", ...flags, script],
    stderr: "inherit",
  });
  return new TextDecoder().decode((await command.output()).stdout);
}

Deno.test("of programs that race for a lock, one at a time holds it", async () => {
  await withFolder(async (folder) => {
    // Each adds 1 to a number that it reads and writes in separate steps.
    const body = `
      for (let i = 0; i < 20; i++) {
        await using lock = await cache.lock("a");
        const bytes = await cache.get("a") ?? new Uint8Array(1);
        bytes[0]++;
        await cache.put("a", bytes);
      }
      console.log("done");`;
    const outputs = await Promise.all([1, 2].map(() => run(folder, body, ["-A"])));
    assertEquals(outputs, ["done\n", "done\n"]);
    assertEquals(await new FileIndexCache(`${folder}/cache`).get("a"), new Uint8Array([40]));
  });
});

Deno.test("the lock of a program that ends without a word is let go", async () => {
  await withFolder(async (folder) => {
    const body = `await cache.lock("a"); console.log("held"); Deno.exit(9);`;
    assertEquals(await run(folder, body, ["-A"]), "held\n");
    let waited = false;
    const lock = await new FileIndexCache(`${folder}/cache`).lock("a", {
      onWait: () => waited = true,
    });
    await lock[Symbol.asyncDispose]();
    assertEquals(waited, false);
  });
});

/** A cache that finds its locks held, on a clock that only its own waits move. */
function impatientCache(
  folder: string,
  options: { onSleep?: (waits: number) => Promise<void> } = {},
) {
  const clock = fakeClock(0);
  const cache = new FileIndexCache(folder, {
    now: clock.now,
    sleep: async (milliseconds) => {
      await clock.sleep(milliseconds);
      await options.onSleep?.(clock.waits.length);
    },
  });
  return { cache, clock };
}

Deno.test("a lock that another program holds for 60 s is waited for no longer", async () => {
  await withFolder(async (folder) => {
    await using _held = await new FileIndexCache(folder).lock("ct-1");
    const { cache, clock } = impatientCache(folder);
    let waits = 0;
    const error = await assertRejects(
      () => cache.lock("ct-1", { onWait: () => waits++ }),
      CacheError,
      "another program has held the lock of ct-1 for 60 s; end it if it hangs, choose another " +
        "folder with --cache-dir, or do without by --no-cache",
    );
    assertEquals(error.address, `${folder}/indices/.ct-1.lock`);
    assertEquals([waits, clock.now()], [1, 60_000]);
    await using _other = await cache.lock("ct-2");
  });
});

Deno.test("a lock that is let go within 60 s is taken", async () => {
  await withFolder(async (folder) => {
    const held = await new FileIndexCache(folder).lock("ct-1");
    const { cache, clock } = impatientCache(folder, {
      onSleep: async (waits) => {
        if (waits === 300) await held[Symbol.asyncDispose]();
      },
    });
    await using _lock = await cache.lock("ct-1");
    assertEquals(clock.waits.length, 300);
  });
});

Deno.test("the index of a lock that is held too long is built without the cache", async () => {
  await withFolder(async (folder) => {
    await using _held = await new FileIndexCache(folder).lock("ct-1");
    const { cache } = impatientCache(folder);
    const notices: string[] = [];
    const generate = () => new IndexBuilder().build({ seriesUID: "ct-1", address: "demo:ct" });
    const onNotice = (line: string) => void notices.push(line);
    const { source } = await loadOrGenerateIndex("ct-1", { cache, generate, onNotice });
    assertEquals(source, "off");
    assertEquals(notices.map((line) => line.split(";")[0]), [
      "another program builds the index ct-1",
      "going on without the cache: another program has held the lock of ct-1 for 60 s",
    ]);
    assertEquals(await cache.list(), []);
  });
});

Deno.test("a program that may not write is told so, one that may not ask who it is works", async () => {
  await withFolder(async (folder) => {
    const body = `
      try {
        await cache.put("a", new Uint8Array([7]));
        console.log((await cache.get("a"))[0]);
      } catch (error) {
        console.log(error.name + ": " + error.message.replaceAll(folder, ""));
      }`;
    const flags = [`--allow-read=${folder}`];
    const refused = await run(folder, body, flags);
    assert(refused.startsWith("CacheError: cannot write /cache/indices/a_index.parquet"), refused);
    assert(refused.includes("the program may not; run with --allow-read"), refused);
    assertEquals(await run(folder, body, [...flags, `--allow-write=${folder}`]), "7\n");
  });
});
