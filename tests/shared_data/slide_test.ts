import { SeriesIndex } from "@dicom/series-preview";
import { decodePixels } from "@dicom/series-preview/dicom";
import { assertEquals, assertGreater } from "@std/assert";
import { type Oracle, readShared, sharedData, testShared } from "../support/shared_data.ts";

/** The slide of the shared data: 5 × 5 tiles of 10 × 10 pixels. */
const slide = "00304b3c-36ef-5c54-bb63-ff2775af7a81";

testShared("the slide of the shared data is drawn as its total pixel matrix", async (oracle) => {
  const [{ file }] = oracle.series[slide]!.instances as [Oracle["series"][string]["instances"][0]];
  const { data } = await decodePixels(readShared(`${slide}/${file}.dcm`));
  const expected = new Uint8Array(50 * 50 * 3);
  for (let tile = 0; tile < 25; tile++) {
    for (let y = 0; y < 10; y++) {
      const from = (tile * 10 + y) * 10 * 3;
      const to = ((Math.floor(tile / 5) * 10 + y) * 50 + tile % 5 * 10) * 3;
      expected.set(data.subarray(from, from + 30), to);
    }
  }
  assertGreater(new Set(expected).size, 2);
  const index = await SeriesIndex.open(new URL(`${slide}/`, sharedData).href, { cache: false });
  assertEquals([index.instanceCount, index.sliceCount], [1, 1]);
  const { image, slices } = await index.renderMosaic({ width: 50 });
  assertEquals([image.width, image.height, image.channels], [50, 50, 3]);
  assertEquals(new Uint8Array(image.data), expected);
  assertEquals(slices.map(({ frame }) => frame), [null]);
});
