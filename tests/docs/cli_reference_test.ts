import { assertEquals } from "@std/assert";
import { writeCommandList, writeCommandReference } from "../support/command_reference.ts";
import { readReadmeSection, withoutLayout, writeReadmeSection } from "../support/readme_section.ts";

const howToUpdate = "write it anew with `deno task update`";

for (
  const [file, write] of [
    ["README.md", writeCommandList],
    ["docs/cli.md", writeCommandReference],
  ] as const
) {
  Deno.test(`${file} has the commands as the table of options has them`, async () => {
    const markdown = write();
    if (Deno.args.includes("--update")) await writeReadmeSection("commands", markdown, file);
    assertEquals(await readReadmeSection("commands", file), withoutLayout(markdown), howToUpdate);
  });
}
