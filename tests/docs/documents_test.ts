import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import config from "../../deno.json" with { type: "json" };
import { commands } from "../../cli/commands.ts";
import { generalOptions } from "../../cli/general_options.ts";
import { checkWords } from "../support/check_words.ts";
import { listSourceFiles } from "../support/read_imports.ts";
import { readShellCalls, wordsOfTool } from "../support/shell_calls.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** Options of other programs that documents speak of. */
const foreignOptions = [
  /^--allow-[a-z]+$/,
  /^--deny-net$/,
  /^--no-prompt$/,
  /^--platform$/,
  /^--update$/,
];

async function listDocuments(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ["", "docs/"]) {
    for await (const { name } of Deno.readDir(join(ROOT, folder))) {
      if (name.endsWith(".md")) found.push(`${folder}${name}`);
    }
  }
  return found.sort();
}

const documents = await Promise.all(
  (await listDocuments()).map(async (file) => {
    const text = await Deno.readTextFile(join(ROOT, file));
    const blocks = [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)];
    return {
      file,
      text,
      blocks: blocks.map(([, language, code]) => ({ language: language!, code: code! })),
      /** What stands between backticks outside of blocks. */
      spans: [...text.replace(/^```[^]*?^```$/gm, "").matchAll(/`([^`]+)`/g)].map(([, span]) =>
        span!.replace(/\s+/g, " ")
      ),
    };
  }),
);

/** Checks a call of the tool, of a task or of a permission set, where it is one; answers whether it is. */
function checkCall(call: readonly string[]): boolean {
  const task = call.indexOf("task");
  if (task > 0 && call.slice(0, task).some((word) => word.startsWith("deno"))) {
    // Without a name it lists them.
    const [name] = call.slice(task + 1);
    assert(name === undefined || name in config.tasks, `there is no task ${name}`);
    return true;
  }
  for (const word of call) {
    const [, set] = /^-P=(\w+)$/.exec(word) ?? [];
    if (set !== undefined) assert(set in config.permissions, `there is no set ${set}`);
  }
  const words = wordsOfTool(call);
  // What stands for the rest is not written out.
  if (words === null || words.some((word) => /^(COMMAND|…)$/.test(word))) return false;
  checkWords(words);
  return true;
}

for (const { file, blocks, spans } of documents) {
  Deno.test(`${file}: every call is one that the tool takes`, () => {
    const calls = [
      ...blocks.filter(({ language }) => language === "sh").flatMap(({ code }) =>
        readShellCalls(code)
      ),
      ...spans.filter((span) => /^(series-preview|deno|npx) /.test(span)).flatMap(readShellCalls),
    ];
    for (const call of calls) {
      try {
        checkCall(call);
      } catch (cause) {
        throw new Error(`${file}: ${call.join(" ")}: ${(cause as Error).message}`, { cause });
      }
    }
  });

  Deno.test(`${file}: every link leads somewhere`, async () => {
    const { text } = documents.find((each) => each.file === file)!;
    for (const [, address] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(address!)) continue;
      const [path = "", anchor] = address!.split("#");
      const target = path === "" ? file : join(file, "..", path).replaceAll("\\", "/");
      assert(await exists(join(ROOT, target)), `${file} links to ${address}`);
      if (anchor === undefined) continue;
      const titles = (await Deno.readTextFile(join(ROOT, target))).matchAll(/^#+ (.*)$/gm);
      const anchors = [...titles].map(([, title]) => anchorOf(title!));
      assert(anchors.includes(anchor), `${file} links to ${address}, which has no such title`);
    }
  });

  // A change may have been that something is gone.
  if (file === "CHANGELOG.md") continue;

  Deno.test(`${file}: every option, file and name that it speaks of is there`, async () => {
    const known = new Set(
      [...commands.flatMap(({ options }) => options), ...generalOptions].flatMap(
        ({ name, short }) => [`--${name}`, `-${short}`],
      ),
    );
    const sources = await sourceText;
    for (const span of spans) {
      const [option] = /^(?:--[a-z][a-z-]*|-[a-zA-Z](?![\w-]))/.exec(span) ?? [];
      if (option !== undefined && !foreignOptions.some((each) => each.test(option))) {
        assert(known.has(option) || /^-[APn]$/.test(option), `${file}: no option ${option}`);
      }
      if (/^\w[\w.-]*(\/[\w.-]+)*\/?$/.test(span) && /\.(ts|md|json)$|[a-z_]\/$/.test(span)) {
        const made = /^(dist|indices|cache)\b|^index\.json$/.test(span);
        assert(made || await exists(join(ROOT, span)), `${file}: there is no ${span}`);
      }
      // Names in camel case, with what they are members of and what they are called with.
      for (const name of span.match(/\b[a-z]+[A-Z]\w*(?=\W|$)/g) ?? []) {
        if (/[:/]/.test(span)) continue;
        assert(sources.has(name), `${file}: nothing is called ${name}`);
      }
    }
  });
}

/** The words of all source files. */
const sourceText = (async () => {
  const files = (await listSourceFiles(ROOT)).filter((file) => !/^(std|docs)\//.test(file));
  const texts = await Promise.all(files.map((file) => Deno.readTextFile(join(ROOT, file))));
  return new Set(texts.join("\n").match(/\w+/g));
})();

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** The anchor that a title gets on a web page. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\w\s-]/g, "").replace(/\s/g, "-");
}

Deno.test("what documents show in TypeScript is run with the examples, and nothing else is shown", () => {
  const languages = new Set(documents.flatMap(({ blocks }) => blocks.map((each) => each.language)));
  for (const language of languages) {
    assert(["sh", "ts", "text", "sql", "python", "html"].includes(language), language);
  }
  const { command } = config.tasks["test:doc"];
  assert(/ --doc /.test(command) && !/--ignore=\S*docs/.test(command));
});

Deno.test("the page on browsers names every WASM file that the sources ask for", async () => {
  const files = await listSourceFiles(ROOT);
  const rooms = files.filter((file) => /^(dicom|mosaic)\//.test(file));
  const sources = await Promise.all(rooms.map((file) => Deno.readTextFile(join(ROOT, file))));
  const asked = sources.flatMap((source) =>
    [...source.matchAll(/import\.meta\.resolve\(\s*"([^"]+)"/g)].map(([, name]) => name!)
  );
  const page = documents.find(({ file }) => file === "docs/api.md")!;
  const named = [...page.text.matchAll(/^ *"(npm:[^"]+)":/gm)].map(([, name]) => name!);
  assertEquals(named.toSorted(), [...new Set(asked)].toSorted());
});

Deno.test("the pictures of the documentation are small", async () => {
  let bytes = 0;
  for await (const { name } of Deno.readDir(join(ROOT, "docs"))) {
    if (/\.(webp|png|jpg)$/.test(name)) bytes += (await Deno.stat(join(ROOT, "docs", name))).size;
  }
  assert(bytes > 0 && bytes < 300_000, `${bytes} bytes`);
});

Deno.test("the tests that SECURITY.md names are there, one at least for each promise", async () => {
  const { text } = documents.find(({ file }) => file === "SECURITY.md")!;
  const [, table] = /^\| promise [^\n]*\n\| -[^\n]*\n((?:\|[^\n]*\n)+)/m.exec(text)!;
  for (const row of table!.trimEnd().split("\n")) {
    const files = [...row.matchAll(/`(tests\/[^`]+_test\.ts)`/g)].map(([, file]) => file!);
    assert(files.length > 0, row);
    for (const file of files) assert((await Deno.stat(join(ROOT, file))).isFile);
  }
});
