import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { readDeflatedPixelData } from "@dicom/series-preview/dicom";
import { DecodeError, LimitError, SeriesPreviewError } from "../../errors.ts";
import {
  concat,
  DEFLATED,
  element,
  latin1,
  writeFileMeta,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { sampleElements } from "./sample_instances.ts";

const PIXELS = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) >> 5);
const deflated = (pixels: Uint8Array) =>
  writeInstance([...sampleElements(), element(0x7fe00010, "OW", pixels)], {
    transferSyntaxUID: DEFLATED,
  });

Deno.test("The pixel data of a deflated dataset comes out whole", () => {
  assertEquals(readDeflatedPixelData(deflated(PIXELS)), PIXELS);
});

Deno.test("Bytes after the deflated dataset are not looked at", () => {
  const object = deflated(PIXELS);
  const longer = new Uint8Array(object.length + 7);
  longer.set(object);
  longer.fill(0xaa, object.length);
  assertEquals(readDeflatedPixelData(longer), PIXELS);
});

Deno.test("A deflated dataset that is cut gives fewer pixels or an error, never others", () => {
  const object = deflated(PIXELS);
  for (let cut = 0; cut < object.length - 2; cut += 97) {
    let pixels: Uint8Array;
    try {
      pixels = readDeflatedPixelData(object.slice(0, cut));
    } catch (error) {
      if (error instanceof SeriesPreviewError) continue;
      throw error;
    }
    assertLess(pixels.length, PIXELS.length);
    assertEquals(pixels, PIXELS.slice(0, pixels.length));
  }
});

Deno.test("A dataset that inflates beyond the limit stops there", () => {
  const object = deflated(new Uint8Array(16 * 2 ** 20));
  assertLess(object.length, 2 ** 18);
  const before = Deno.memoryUsage().external;
  const inflating = () => readDeflatedPixelData(object, { maxInflatedBytes: 2 ** 20 });
  assertThrows(inflating, LimitError, "1048576");
  assertLess(Deno.memoryUsage().external - before, 2 ** 26);
});

Deno.test("A dataset that is corrupt after its header is an error", () => {
  const dataset = writeInstance([element(0x7fe00010, "OW", PIXELS.slice(0, 4000))], {
    preamble: false,
    meta: false,
  });
  const { length } = dataset;
  // A block of stored bytes, then one of the type that deflate does not have.
  const stored = Uint8Array.of(0, length, length >> 8, ~length, ~length >> 8);
  const object = concat(
    new Uint8Array(128),
    latin1("DICM"),
    writeFileMeta(DEFLATED),
    stored,
    dataset,
    Uint8Array.of(7, 0, 0, 0),
  );
  const error = assertThrows(
    () => readDeflatedPixelData(object, { address: "memory:a" }),
    DecodeError,
    "corrupt",
  );
  assertEquals(error.address, "memory:a");
});

Deno.test("A deflated dataset without pixels is an error", () => {
  const none = writeInstance(sampleElements(), { transferSyntaxUID: DEFLATED });
  assertThrows(() => readDeflatedPixelData(none), DecodeError, "before its pixel data");
});
