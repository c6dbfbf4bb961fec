/** A document of the repository, by its path from the root. */
function documentOf(file: string): URL {
  return new URL(`../../${file}`, import.meta.url);
}

/** The lines that a generated section stands between. */
function markersOf(name: string): readonly [string, string] {
  return [`<!-- ${name}: generated -->`, `<!-- ${name}: end -->`];
}

/** Divides a document into what is before a section, the section, and what is after it. */
async function divide(name: string, file: string): Promise<readonly [string, string, string]> {
  const text = await Deno.readTextFile(documentOf(file));
  const [start, end] = markersOf(name);
  const [before, rest] = text.split(start);
  const [section, after] = rest?.split(end) ?? [];
  if (section === undefined || after === undefined) {
    throw new Error(`${file} has no section between ${start} and ${end}`);
  }
  return [`${before}${start}`, section, `${end}${after}`];
}

/** Reads a generated section of the README, or another document, its blanks and table lines made the same. */
export async function readReadmeSection(name: string, file = "README.md"): Promise<string> {
  return withoutLayout((await divide(name, file))[1]);
}

/** Writes a generated section of the README, or another document, and formats it. */
export async function writeReadmeSection(
  name: string,
  markdown: string,
  file = "README.md",
): Promise<void> {
  const [before, , after] = await divide(name, file);
  const document = documentOf(file);
  await Deno.writeTextFile(document, `${before}\n\n${markdown}\n\n${after}`);
  const args = ["fmt", "--quiet", document.pathname];
  const { success } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`deno fmt failed on ${file}`);
}

/** Markdown without what the formatter may change: blanks, ends of lines and the widths of tables. */
export function withoutLayout(markdown: string): string {
  return markdown.replace(/:?-{2,}:?/g, "--").replace(/\s+/g, " ").trim();
}
