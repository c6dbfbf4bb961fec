import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type ImageOptions, type PixelImage, SeriesIndex } from "@dicom/series-preview";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { parseContrast } from "@dicom/series-preview/contrast";
import { encodeJpeg2000 } from "../dicom/codecs/encode_samples.ts";
import { bodySlice } from "../support/body_slice.ts";
import { compressedSlice } from "../support/compressed_slice.ts";
import { startRangeServer } from "../support/range_server.ts";

const side = 512;
const contrast = parseContrast("400/40");
const object = compressedSlice({
  transferSyntaxUID: "1.2.840.10008.1.2.4.90",
  rows: side,
  columns: side,
  frames: [await encodeJpeg2000(bodySlice(side, 1), { levels: 5, order: 0 })],
});

/** The series over HTTP with its index kept, and the bytes asked for since. */
async function openWarm() {
  const server = startRangeServer({ objects: new Map([["series/1.dcm", object]]) });
  const cache = new MemoryIndexCache();
  const open = () => SeriesIndex.open(`${server.url}/series/`, { cache });
  await open();
  const index = await open();
  server.log.length = 0;
  return {
    index,
    bytes: () => server.log.map(({ bytes }) => bytes),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function meanDifference(one: PixelImage, other: PixelImage): number {
  const sum = new Uint8Array(one.data).reduce(
    (sum, value, i) => sum + Math.abs(value - other.data[i]!),
    0,
  );
  return sum / one.data.length;
}

Deno.test("a small image of JPEG 2000 is read in part, one in its own pixels whole", async () => {
  await using warm = await openWarm();
  const small = await warm.index.getImage({ width: 128, contrast });
  assertEquals([small.width, small.height], [128, 128]);
  assertEquals(warm.bytes().length, 1);
  assertLess(warm.bytes()[0]!, object.length * 0.2);
  const whole = await warm.index.getImage({ contrast });
  assertEquals([whole.width, whole.height], [side, side]);
  assertGreater(warm.bytes()[1]!, object.length * 0.95);
  assertEquals(warm.bytes().length, 2);
});

Deno.test("an instance reads no more than its picture takes, and keeps the most that it has read", async () => {
  await using warm = await openWarm();
  const instance = await warm.index.getInstance({ headersOnly: true });
  const draw = (options: ImageOptions) => instance.getImage({ contrast, ...options });
  const small = await draw({ width: 128 });
  assertLess(warm.bytes()[0]!, object.length * 0.2);
  await draw({ width: 100 });
  await draw({ width: 128, contrast: parseContrast("auto") });
  assertEquals(warm.bytes().length, 1);
  await instance.getPixels();
  assertEquals(warm.bytes().length, 2);
  const again = await draw({ width: 128 });
  assertEquals((await draw({})).width, side);
  await instance.getContrastGrid();
  assertEquals(warm.bytes().length, 2);
  assertLess(meanDifference(small, again), 6);
});
