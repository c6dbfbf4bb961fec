import { IndexBuilder, readIndex, writeIndex } from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import { readInstance, readOracle } from "../index_cache/support.ts";

Deno.test("every real series is in the order of the oracle, and its file reads back the same", async (t) => {
  const oracle = await readOracle();
  for (const [series, expected] of Object.entries(oracle ?? {})) {
    await t.step(series, async () => {
      const builder = new IndexBuilder();
      const instances = await Promise.all(
        expected.instances.map(({ file }) => readInstance(series, file)),
      );
      for (const instance of instances.toReversed()) builder.add(instance);
      const built = await builder.build({ seriesUID: series, address: "file:///series" });
      const urls = expected.orderRadiological.map((i) => instances[i]!.url);
      assertEquals(built.table.getChild("_data_url")!.toArray(), urls);

      for (const [row, index] of expected.orderRadiological.entries()) {
        const order = expected.instances[index]!.frames?.orderRadiological;
        if (order === undefined) continue;
        const identity = order.every((frame, i) => frame === i);
        assertEquals(built.value(row, "_frame_order"), identity ? null : order);
      }

      const read = await readIndex(await writeIndex(built), { seriesUID: series });
      assertEquals(read.metadata, built.metadata);
      for (let row = 0; row < built.instanceCount; row++) {
        assertEquals(read.row(row), built.row(row));
      }

      const again = await IndexBuilder.from(read).build({
        seriesUID: series,
        address: "file:///series",
      });
      assertEquals(again.table.schema.toString(), built.table.schema.toString());
      for (let row = 0; row < built.instanceCount; row++) {
        assertEquals(again.row(row), built.row(row));
      }
    });
  }
});
