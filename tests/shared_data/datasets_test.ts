import { SeriesIndex } from "@dicom/series-preview";
import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { sharedData, testShared } from "../support/shared_data.ts";

testShared("a dataset from the index of a series is the one in its instances", async (oracle) => {
  for (const [uuid, { instances, modality }] of Object.entries(oracle.series)) {
    const folder = fromFileUrl(new URL(`${uuid}/`, sharedData));
    const index = await SeriesIndex.open(folder, { cache: false });
    const choice = { positions: [0, 1], headersOnly: true };
    const kept = await index.getInstances(choice);
    const fresh = await index.getInstances({ ...choice, freshHeaders: true });
    for (const [i, { value }] of fresh.entries()) {
      const { dataset, slice } = value!;
      assertEquals(kept[i]!.value!.dataset, dataset, `${uuid}, slice ${slice.index}`);
      const expected = instances.find(({ sop }) => sop === slice.uid)!;
      const { Modality, InstanceNumber = null } = dataset;
      assertEquals([Modality, InstanceNumber], [modality, expected.instanceNumber], slice.url);
    }
  }
});
