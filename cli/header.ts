import { UsageError } from "../errors.ts";
import { checkSliceChoice } from "../series_index/choose_slice.ts";
import type { Invocation } from "./command.ts";
import { encodeParts } from "./encode_parts.ts";
import { jsonText } from "./json_text.ts";
import type { OptionValues } from "./option.ts";
import { parseStack } from "./parse_stack.ts";
import { readSliceChoice } from "./read_slice_choice.ts";
import { SeriesRun } from "./series_run.ts";
import type { TagFilter } from "./tag_filter.ts";
import { openWritableFile } from "./writable_file.ts";

/** More spaces a level than that help nobody. */
const maxIndent = 16;

/** Runs `series-preview header SERIES`. */
export async function runHeader(invocation: Invocation): Promise<number> {
  const { options, environment } = invocation;
  const choice = readSliceChoice(options);
  checkSliceChoice(choice);
  const stack = parseStack(options.text("stack"));
  const indent = readIndent(options);
  const filter = await readTags(options);
  const path = options.text("output") ?? "-";
  const output = await openWritableFile(path, environment);

  const run = new SeriesRun(invocation, output.isStdout, "the header");
  return await run.read(path, { imagingOnly: true, choosesSlices: true }, async (index) => {
    const request = { ...choice, stack, headersOnly: true, freshHeaders: true };
    const { slice, dataset } = await run.time("read", () => index.getInstance(request));
    for (const word of filter?.unmatched(dataset) ?? []) run.note(`the header has no ${word}`);
    const chosen = filter === null ? dataset : filter.apply(dataset);
    await output.write(encodeParts([jsonText(chosen, indent), "\n"]));
    return { slices: [slice], failed: [] };
  });
}

function readIndent(options: OptionValues): number {
  const indent = options.number("indent") ?? 2;
  if (indent >= 0 && indent <= maxIndent) return indent;
  throw new UsageError(`--indent is ${indent}; it goes from 0, for one line, to ${maxIndent}`);
}

/** Reads `--tag`; null for all of a header. */
async function readTags(options: OptionValues): Promise<TagFilter | null> {
  const words = options.texts("tag");
  if (words.length === 0) return null;
  // It needs the dictionary, which is slow to load.
  const { TagFilter } = await import("./tag_filter.ts");
  return new TagFilter(words);
}
