import { type PixelImage, SeriesIndex } from "@dicom/series-preview";
import { encodeVideo } from "@dicom/series-preview/mosaic";
import { assert, assertEquals, assertLess } from "@std/assert";
import { toYuv } from "../../mosaic/video/to_yuv.ts";
import { sharedData, testShared } from "../support/shared_data.ts";
import { decodeBaseline } from "../video/decode_baseline.ts";

/** Series whose slices differ from each other, in grey and in color. */
const series = [
  "09bb21eb-c87d-5dac-b363-a61ab340c0b0",
  "7fe2ee20-6d0a-56fc-942c-566bb6092f75",
  "e5298e42-1223-5d60-a788-421da4c3e4ad",
];

function distance(one: Uint8Array, other: Uint8Array): number {
  return one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / one.length;
}

for (const name of series) {
  testShared(`the frames of a video of ${name} are its slices in their order`, async () => {
    const index = await SeriesIndex.open(new URL(`${name}/`, sharedData).href, { cache: false });
    const images: PixelImage[] = [];
    const options = { width: 128, samples: 24 };
    const { result, slices, failed } = await index.renderFrames(options, (frames) => {
      async function* seen() {
        for await (const image of frames) {
          images.push(image);
          yield image;
        }
      }
      return encodeVideo(seen(), { quality: 90 });
    });
    assertEquals([failed, images.length], [[], slices.length]);
    const lumas = images.map((image) => toYuv(image).subarray(0, image.width * image.height));
    const decoded = decodeBaseline(result);
    assertEquals(decoded.length, slices.length);
    decoded.forEach(({ planes: [luma] }, number) => {
      const distances = lumas.map((expected) => distance(luma, expected));
      assertLess(distances[number]!, 2, `frame ${number}`);
      assert(distances.every((other) => other >= distances[number]!), `frame ${number}`);
    });
  });
}
