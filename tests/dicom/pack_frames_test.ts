import { assertEquals, assertStrictEquals } from "@std/assert";
import type { Frame, PixelArray } from "@dicom/series-preview/dicom";
import { packFrames } from "../../dicom/pack_frames.ts";
import { sampleDescription } from "./sample_description.ts";

const frame = (data: PixelArray): Frame => ({
  rows: 1,
  columns: data.length,
  samplesPerPixel: 1,
  data,
});

Deno.test("A single frame in the right array is not copied", () => {
  const data = Uint16Array.of(1, 2);
  assertStrictEquals(packFrames([frame(data)], sampleDescription({ bitsStored: 12 })), data);
});

Deno.test("A codestream of more bits than its header says is not cut", () => {
  const eight = sampleDescription({ bitsStored: 8 });
  assertEquals(packFrames([frame(Uint16Array.of(1, 255))], eight), Uint8Array.of(1, 255));
  const frames = [frame(Uint16Array.of(1, 2)), frame(Uint16Array.of(256, 3))];
  assertEquals(packFrames(frames, eight), Uint16Array.of(1, 2, 256, 3));
  const signed = { ...eight, pixelRepresentation: 1 } as const;
  assertEquals(packFrames([frame(Int16Array.of(-129, 1))], signed), Int16Array.of(-129, 1));
  assertEquals(packFrames([frame(Uint16Array.of(40_000))], signed), Int32Array.of(40_000));
  assertEquals(packFrames([frame(Int16Array.of(-128, 127))], signed), Int8Array.of(-128, 127));
});
