import {
  IndexBuilder,
  readIndex,
  type SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import { type OracleSeries, readInstance, readOracle } from "../index_cache/support.ts";

/** Holds that stacks share out all slices, and that none has one place twice. */
function checkStacks(built: SeriesTable, instances: OracleSeries["instances"]): void {
  const placesOf = (table: SeriesTable) =>
    Array.from({ length: table.sliceCount }, (_, n) => {
      const { row, frame } = table.slice(n);
      const url = table.value(row, "_data_url") as string;
      const { iop, ipp, frames } = instances.find(({ file }) => url.includes(file))!;
      const place = frames?.ipp?.[frame ?? 0] ?? (frame === null ? ipp : null);
      return place === null ? null : JSON.stringify([iop, place]);
    });
  const stacks = Array.from({ length: built.stackCount }, (_, n) => placesOf(built.stack(n)));
  assertEquals(stacks.flat().sort(), placesOf(built).sort());
  for (const places of stacks) {
    const known = places.filter((place) => place !== null);
    assertEquals(new Set(known).size, known.length);
  }
}

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

      checkStacks(built, expected.orderRadiological.map((i) => expected.instances[i]!));

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
