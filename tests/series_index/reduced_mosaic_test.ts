import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { type MosaicOptions, SeriesIndex } from "@dicom/series-preview";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { parseContrast } from "@dicom/series-preview/contrast";
import { encodeHtj2k, encodeJpeg2000 } from "../dicom/codecs/encode_samples.ts";
import { bodySlice } from "../support/body_slice.ts";
import { compressedSlice } from "../support/compressed_slice.ts";
import { element, type ElementSpec } from "../support/dicom_fixtures.ts";
import { type LoggedRequest, startRangeServer } from "../support/range_server.ts";

const side = 512;
const images = [1, 2, 3].map((seed) => bodySlice(side, seed));
const JPEG_2000 = "1.2.840.10008.1.2.4.90";
const HTJ2K_RPCL = "1.2.840.10008.1.2.4.202";
const htj2k = await Promise.all(images.map((image) => encodeHtj2k(image, { levels: 5, order: 2 })));
const jpeg2000 = await Promise.all(
  images.map((image) => encodeJpeg2000(image, { levels: 5, order: 0 })),
);
const lung = parseContrast("lung");

interface SeriesForm {
  readonly count?: number;
  readonly modality?: string;
  readonly more?: readonly ElementSpec[];
}

/** A series that repeats three slices. */
function seriesOf(
  transferSyntaxUID: string,
  codestreams: readonly Uint8Array[],
  { count = 36, ...form }: SeriesForm = {},
): Map<string, Uint8Array> {
  return new Map(Array.from({ length: count }, (_, number) => [
    `series/${String(number).padStart(3, "0")}.dcm`,
    compressedSlice({
      transferSyntaxUID,
      rows: side,
      columns: side,
      frames: [codestreams[number % codestreams.length]!],
      number,
      ...form,
    }),
  ]));
}

/** Draws a mosaic of a series whose index is kept, and tells the requests that it made. */
async function drawWarm(
  objects: ReadonlyMap<string, Uint8Array>,
  options: MosaicOptions,
): Promise<{ requests: LoggedRequest[]; picture: Uint8Array; bytesDecoded: number }> {
  await using server = startRangeServer({ objects });
  const cache = new MemoryIndexCache();
  const open = () => SeriesIndex.open(`${server.url}/series/`, { cache });
  await open();
  const requests = server.log.length;
  const index = await open();
  assertEquals(index.source, "hit");
  const { image, failed } = await index.renderMosaic({ contrast: lung, ...options });
  assertEquals(failed, []);
  return {
    requests: server.log.slice(requests),
    picture: new Uint8Array(image.data),
    bytesDecoded: index.bytesDecoded,
  };
}

const sizeOf = (objects: ReadonlyMap<string, Uint8Array>) =>
  [...objects.values()].reduce((sum, { length }) => sum + length, 0);
const bytesOf = (requests: readonly LoggedRequest[]) =>
  requests.reduce((sum, { bytes }) => sum + bytes, 0);

for (
  const [name, uid, codestreams] of [
    ["HTJ2K", HTJ2K_RPCL, htj2k],
    ["JPEG 2000", JPEG_2000, jpeg2000],
  ] as const
) {
  Deno.test(`36 tiles of a series in ${name} are 36 requests for a tenth of its bytes`, async () => {
    const objects = seriesOf(uid, codestreams);
    const { requests, bytesDecoded } = await drawWarm(objects, { samples: 36 });
    assertEquals(requests.length, 36);
    assertEquals(new Set(requests.map(({ key }) => key)).size, 36);
    const share = bytesOf(requests) / sizeOf(objects);
    assertLess(share, 0.12);
    assertGreater(share, 0.05);
    assertEquals(bytesDecoded, 36 * 128 * 128 * 2);
  });

  Deno.test(`A tile of ${name} read in part looks as one that is read whole`, async () => {
    const reduced = await drawWarm(seriesOf(uid, codestreams, { count: 3 }), {
      columns: 3,
      rows: 1,
      width: 384,
    });
    assertEquals(reduced.bytesDecoded, 3 * 128 * 128 * 2);
    const padding = element(0x00280120, "SS", [3000]);
    const whole = await drawWarm(seriesOf(uid, codestreams, { count: 3, more: [padding] }), {
      columns: 3,
      rows: 1,
      width: 384,
    });
    assertEquals(whole.bytesDecoded, 3 * side * side * 2);
    const sum = reduced.picture.reduce(
      (sum, value, i) => sum + Math.abs(value - whole.picture[i]!),
      0,
    );
    assertLess(sum / whole.picture.length, 3);
    assertGreater(sum, 0);
  });
}

Deno.test("What must not be mixed, or is drawn large, is read whole", async () => {
  const whole = async (form: SeriesForm, options: MosaicOptions) => {
    const objects = seriesOf(HTJ2K_RPCL, htj2k, { count: 2, ...form });
    const { requests, bytesDecoded } = await drawWarm(objects, options);
    assertEquals(requests.length, 2);
    assertGreater(bytesOf(requests), 0.95 * sizeOf(objects));
    assertEquals(bytesDecoded, 2 * side * side * 2);
  };
  await whole({}, { width: 1000 });
  await whole({ modality: "SEG" }, { width: 256 });
  // Padding that the window would draw white, or that a measured one would count.
  await whole({ more: [element(0x00280120, "SS", [3000])] }, { width: 256 });
  const contrast = parseContrast("auto");
  await whole({ more: [element(0x00280120, "SS", [-3000])] }, { width: 256, contrast });
});

Deno.test("Padding that is as black in the window as it is drawn does not keep a tile from being read in part", async () => {
  const padding = element(0x00280120, "SS", [-3000]);
  const objects = seriesOf(HTJ2K_RPCL, htj2k, { count: 2, more: [padding] });
  const { requests, bytesDecoded } = await drawWarm(objects, { width: 256 });
  assertEquals(requests.length, 2);
  assertLess(bytesOf(requests), 0.15 * sizeOf(objects));
  assertEquals(bytesDecoded, 2 * 128 * 128 * 2);
});

Deno.test("A measured window is measured on what was read", async () => {
  const objects = seriesOf(JPEG_2000, jpeg2000, { count: 4 });
  const { requests, picture } = await drawWarm(objects, {
    samples: 4,
    width: 256,
    contrast: parseContrast("auto"),
  });
  assertEquals(requests.length, 4);
  assertLess(bytesOf(requests) / sizeOf(objects), 0.16);
  assertGreater(new Set(picture).size, 100);
});
