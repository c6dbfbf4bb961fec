import { SeriesIndex } from "@dicom/series-preview";
import { decodePixels, parseHeader } from "@dicom/series-preview/dicom";
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { LimitError } from "../../errors.ts";
import { sampleSeries, sampleSlice } from "../cli/sample_series.ts";
import { memoryFetch } from "../series_index/memory_fetch.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { hostileSlices } from "./hostile_slices.ts";

const ADDRESS = "https://example.org/series/";

Deno.test("each limit on decoding is an option, and its error names it and the instance", async () => {
  const object = sampleSlice({ number: 0, rows: 16, columns: 12, frames: 3 });
  const address = "memory:a";
  assertEquals((await decodePixels(object, { address })).frames, 3);
  for (const limits of [{ maxFramePixels: 191 }, { maxFrames: 2 }]) {
    const [[name, limit]] = Object.entries(limits) as [[string, number]];
    const error = await assertRejects(
      () => decodePixels(object, { address, limits }),
      LimitError,
      String(limit),
    );
    assertEquals(error.address, address);
    assertStringIncludes(error.message, `can raise that by the limit ${name}`);
  }
  assertEquals(
    (await decodePixels(object, { limits: { maxFramePixels: 192, maxFrames: 3 } })).frames,
    3,
  );
});

Deno.test("the memory of a decoder is limited by an option, and without it the frame decodes after", async () => {
  // A blank image of 4096 × 4096 in JPEG 2000.
  const large = hostileSlices.find(({ name }) => /16 million .*4\.90$/.test(name))!.make();
  const address = "memory:a";
  const limits = { maxWasmBytes: 2 ** 26 };
  const error = await assertRejects(
    () => decodePixels(large, { address, limits }),
    LimitError,
    "takes more than 67108864 bytes of memory to decode; a program that calls the library can " +
      "raise that by the limit maxWasmBytes",
  );
  assertEquals(error.address, address);
  assertEquals((await decodePixels(large)).data.length, 4096 * 4096);
});

Deno.test("a series is opened with limits on decoding, which fail slices and never its index", async () => {
  const { fetch } = memoryFetch(sampleSeries(2));
  const decodeLimits = { maxFramePixels: 100 };
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, decodeLimits });
  assertEquals([index.sliceCount, index.failed], [2, []]);
  for (const { error } of await index.getImages({ sliceNumbers: [0, 1] })) {
    assertInstanceOf(error, LimitError);
    assert(error.address?.startsWith(ADDRESS));
  }
});

Deno.test("frames that a header counts give it room for as many more elements", () => {
  const items = (count: number) => Array.from({ length: count }, () => []);
  const object = (frames: number, count: number) =>
    writeInstance([
      element(0x00280008, "IS", String(frames)),
      element(0x52009230, "SQ", items(count)),
    ]);
  const limits = { maxElements: 10, maxElementsPerFrame: 2 };
  const parse = (bytes: Uint8Array) => parseHeader(bytes, { totalSize: bytes.length, limits });
  assert(parse(object(100, 208)).complete);
  assertThrows(() => parse(object(100, 209)), LimitError, "more than 210 elements");
  const none = { maxElements: 2, maxElementsPerFrame: 0 };
  const bytes = object(100, 3);
  assertThrows(() => parseHeader(bytes, { totalSize: bytes.length, limits: none }), LimitError);
});
