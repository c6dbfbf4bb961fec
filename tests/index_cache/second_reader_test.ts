import { SeriesIndex } from "@dicom/series-preview";
import {
  IndexBuilder,
  MemoryIndexCache,
  readIndex,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import { buildOddIndex } from "../support/odd_index.ts";
import { assertSecondReaderAgrees } from "../support/second_reader.ts";

Deno.test("another reader finds every type, list, null and key that an index was written with", async () => {
  const table = await buildOddIndex();
  assertEquals(table.metadata.untyped, { SliceLocation_Text: 1 });
  await assertSecondReaderAgrees(await writeIndex(table), table);
});

Deno.test("another reader finds an index without rows", async () => {
  const table = await new IndexBuilder().build({ seriesUID: "ct", address: "demo:ct" });
  await assertSecondReaderAgrees(await writeIndex(table), table);
});

Deno.test("another reader finds every cell of the built-in series in its cache", async () => {
  const cache = new MemoryIndexCache();
  const index = await SeriesIndex.open("demo:ct", { cache });
  const [name] = await cache.list();
  const bytes = await cache.get(name!);
  const table = await readIndex(bytes!);
  assertEquals(table.instanceCount, index.instanceCount);
  await assertSecondReaderAgrees(bytes!, table);
});
