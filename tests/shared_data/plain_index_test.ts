import { IndexBuilder, writeIndex } from "@dicom/series-preview/index-cache";
import { assertGreater } from "@std/assert";
import { readInstance } from "../index_cache/support.ts";
import { assertPlainReaderAgrees } from "../support/plain_reader.ts";
import { testShared } from "../support/shared_data.ts";

testShared(
  "Plain columns give every cell of every real series' index as Arrow does",
  async (oracle) => {
    let cells = 0;
    for (const [name, { instances }] of Object.entries(oracle.series)) {
      const builder = new IndexBuilder();
      for (const { file } of instances) builder.add(await readInstance(name, file));
      const table = await builder.build({
        seriesUID: name,
        address: `file:///${name}`,
        plain: true,
      });
      cells += await assertPlainReaderAgrees(await writeIndex(table));
    }
    assertGreater(cells, 10_000);
  },
);
