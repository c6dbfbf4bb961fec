/** The README of the repository. */
const readme = new URL("../../README.md", import.meta.url);

/** The lines that a generated section of the README stands between. */
function markersOf(name: string): readonly [string, string] {
  return [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`];
}

/** Divides the README into what is before a section, the section, and what is after it. */
async function divide(name: string): Promise<readonly [string, string, string]> {
  const text = await Deno.readTextFile(readme);
  const [start, end] = markersOf(name);
  const [before, rest] = text.split(start);
  const [section, after] = rest?.split(end) ?? [];
  if (section === undefined || after === undefined) {
    throw new Error(`README.md has no section between ${start} and ${end}`);
  }
  return [`${before}${start}`, section, `${end}${after}`];
}

/** Reads a generated section of the README, its blanks and table lines made the same. */
export async function readReadmeSection(name: string): Promise<string> {
  return withoutLayout((await divide(name))[1]);
}

/** Writes a generated section of the README, and formats it. */
export async function writeReadmeSection(name: string, markdown: string): Promise<void> {
  const [before, , after] = await divide(name);
  await Deno.writeTextFile(readme, `${before}\n\n${markdown}\n\n${after}`);
  const args = ["fmt", "--quiet", readme.pathname];
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error("deno fmt failed on README.md");
}

/** Markdown without what the formatter may change: blanks, ends of lines and the widths of tables. */
export function withoutLayout(markdown: string): string {
  return markdown.replace(/:?-{2,}:?/g, "--").replace(/\s+/g, " ").trim();
}
