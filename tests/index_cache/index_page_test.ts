import { assertStringIncludes } from "@std/assert";
import { COMPANION_SUFFIXES } from "../../index_cache/list_attribute_columns.ts";
import { SERIES_COLUMNS } from "../../index_cache/series_columns.ts";
import { writeIndex } from "@dicom/series-preview/index-cache";
import { parquetMetadata } from "hyparquet";
import { buildOddIndex } from "../support/odd_index.ts";

Deno.test("the page on the index file names every column, suffix and key", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/index.md", import.meta.url));
  for (const name of Object.values(SERIES_COLUMNS)) assertStringIncludes(page, `\`${name}\``);
  for (const suffix of Object.values(COMPANION_SUFFIXES)) {
    assertStringIncludes(page, `\`{Keyword}${suffix}\``);
  }
  const bytes = await writeIndex(await buildOddIndex());
  for (const { key } of parquetMetadata(bytes.slice().buffer).key_value_metadata!) {
    assertStringIncludes(page, `\`${key}\``);
  }
});
