import { assert, assertEquals } from "@std/assert";
import { type DocComment, PublicDocs } from "./support/public_docs.ts";

const docs = await PublicDocs.read();

/** The programs that a comment shows. */
function examplesOf(comment: DocComment | undefined): string[] {
  return (comment?.tags ?? [])
    .filter(({ kind, doc }) => kind === "example" && /^```ts$/m.test(doc ?? ""))
    .map(({ doc }) => doc!);
}

/** Every example of the exports. */
const examples = docs.declarations("function", "class", "interface", "variable").flatMap(
  ({ declaration: { jsDoc, def = {} } }) =>
    [jsDoc, ...(def.methods ?? []).map((method) => method.jsDoc)].flatMap(examplesOf),
);

/** What a class or interface is made of, by `extends` and `implements`, and what that is made of. */
function basesOf(name: string): string[] {
  const bases = docs.declarations("class", "interface")
    .filter(({ symbol }) => symbol.name === name)
    .flatMap(({ declaration: { def = {} } }) => {
      const parents = typeof def.extends === "string" ? [def.extends] : (def.extends ?? []);
      return [...parents, ...(def.implements ?? [])];
    })
    .map((base) => typeof base === "string" ? base : base.repr ?? "");
  return [...bases, ...bases.flatMap(basesOf)];
}

/** Whether an example speaks of all these. */
function isShown(...names: readonly string[]): boolean {
  const patterns = names.map((name) => new RegExp(`\\b${name}\\b`));
  return examples.some((example) => patterns.every((pattern) => pattern.test(example)));
}

Deno.test("every function, class and constant of an export has an example", () => {
  const missing = docs.declarations("function", "class", "variable", "enum")
    .filter(({ symbol: { name }, declaration }) => {
      if (examplesOf(declaration.jsDoc).length > 0) return false;
      // One example tells errors apart that differ in their names alone.
      return !(basesOf(name).includes("SeriesPreviewError") && isShown("SeriesIndex", name));
    })
    .map(({ symbol: { entry, name } }) => `${entry} ${name}`);
  assertEquals(missing, []);
});

Deno.test("every method is used in an example: its own, or one of what it belongs to", () => {
  const missing = docs.calls().filter(({ kind, name, comment, owner }) => {
    if (kind === "function" || examplesOf(comment).length > 0) return false;
    const method = name.slice(name.indexOf(".") + 1);
    const own = docs.declarations(kind).filter(({ symbol }) => symbol.name === owner.name)
      .flatMap(({ declaration }) => examplesOf(declaration.jsDoc));
    if (own.some((example) => new RegExp(`\\b${method}\\b`).test(example))) return false;
    return ![owner.name, ...basesOf(owner.name)].some((each) => isShown(each, method));
  });
  assertEquals(missing.map(({ name }) => name), []);
});

Deno.test("every export says what it is for, and every error it throws has its reason", () => {
  let thrown = 0;
  for (const { name, comment } of docs.calls()) {
    assert((comment.doc ?? "").trim() !== "", `${name} is not described`);
    for (const { kind, doc } of comment.tags ?? []) {
      if (kind !== "throws") continue;
      assert((doc ?? "").trim() !== "", `${name} throws without a reason`);
      thrown++;
    }
  }
  assert(thrown > 100);
});

Deno.test("every error that the file of an export makes is named in its documentation", async () => {
  const comments = new Map<string, string>();
  for (const { declaration: { location, jsDoc, def } } of docs.declarations("function", "class")) {
    const members = [...(def?.methods ?? []), ...(def?.constructors ?? [])];
    const text = JSON.stringify([jsDoc, members.map((member) => member.jsDoc)]);
    comments.set(location.filename, (comments.get(location.filename) ?? "") + text);
  }
  let made = 0;
  for (const [file, text] of comments) {
    const code = (await Deno.readTextFile(new URL(file))).replace(/\/\*[^]*?\*\//g, "");
    for (const [, error] of code.matchAll(/\bnew (\w+Error)\(/g)) {
      assert(text.includes(error!), `${file} makes a ${error}, and does not say so`);
      made++;
    }
  }
  assert(made > 50);
});
