import { assertEquals } from "@std/assert";
import type { AttributeValues } from "@dicom/series-preview/dicom";
import { canvasSize } from "../../../dicom/slide/canvas_size.ts";
import { choosePyramidLevel } from "../../../dicom/slide/choose_pyramid_level.ts";
import { readPyramidLevel } from "../../../dicom/slide/read_pyramid_level.ts";

/** A level as its attributes tell, 10,001 × 6,999 halved so often. */
function values(halvings: number, more: AttributeValues = {}): AttributeValues {
  return {
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.77.1.6",
    ImageType: ["DERIVED", "PRIMARY", "VOLUME", "RESAMPLED"],
    FrameOfReferenceUID: "1.2.3",
    SamplesPerPixel: 3,
    NumberOfFrames: 100,
    Columns: 256,
    Rows: 256,
    TotalPixelMatrixColumns: Math.floor(10_001 / 2 ** halvings),
    TotalPixelMatrixRows: Math.ceil(6999 / 2 ** halvings),
    OpticalPathSequence: '[{"00480106":{"vr":"SH","Value":["1"]}}]',
    TotalPixelMatrixOriginSequence: origin(20, 30),
    ...more,
  };
}

function origin(x: number, y: number): string {
  return JSON.stringify([{
    "0040072A": { vr: "DS", Value: [x] },
    "0040073A": { vr: "DS", Value: [y] },
  }]);
}

/** The level that is chosen for a picture of the first one. */
function choose(all: readonly AttributeValues[], width: number, height: number): number | null {
  const levels = all.flatMap((each, i) => {
    const level = readPyramidLevel(each);
    return level === null ? [] : [[i, level] as const];
  });
  return choosePyramidLevel(levels, readPyramidLevel(all[0]!)!, { width, height });
}

Deno.test("the smallest level that is as large as the picture is chosen", () => {
  const levels = [0, 6, 3, 1, 5].map((halvings) => values(halvings));
  assertEquals(choose(levels, 100, 70), 1);
  assertEquals(choose(levels, 156, 110), 1);
  assertEquals(choose(levels, 157, 110), 4);
  assertEquals(choose(levels, 156, 111), 4);
  assertEquals(choose(levels, 1250, 800), 2);
  assertEquals(choose(levels, 5000, 3500), 3);
  assertEquals(choose(levels, 5001, 3500), null);
  assertEquals(choose(levels, 20_000, 20_000), null);
  assertEquals(choose([values(6), values(0), values(1)], 10, 10), null);
});

Deno.test("a thumbnail is the smallest level of its pyramid", () => {
  const thumbnail = values(6, {
    ImageType: ["DERIVED", "PRIMARY", "THUMBNAIL", "RESAMPLED"],
    NumberOfFrames: 1,
    Columns: 200,
    Rows: 140,
  });
  assertEquals(choose([values(0), thumbnail], 200, 140), 1);
  assertEquals(choose([values(0), thumbnail], 201, 140), null);
});

Deno.test("what is of another pyramid, or shows other things, is no level of it", () => {
  for (
    const other of [
      { FrameOfReferenceUID: "1.2.4" },
      { PyramidUID: "1.2.5" },
      { SOPClassUID: "1.2.840.10008.5.1.4.1.1.77.1.9" },
      { SamplesPerPixel: 1 },
      { OpticalPathSequence: '[{"00480106":{"vr":"SH","Value":["2"]}}]' },
      { TotalPixelMatrixOriginSequence: origin(20, 32) },
      { ImageType: ["ORIGINAL", "PRIMARY", "OVERVIEW", "NONE"] },
      { ImageType: ["ORIGINAL", "PRIMARY", "LABEL", "NONE"] },
      { TotalPixelMatrixRows: 400 },
      { ConcatenationUID: "1.2.6" },
      { FrameOfReferenceUID: null },
    ]
  ) assertEquals(choose([values(0), values(4, other)], 10, 10), null, JSON.stringify(other));
  for (const same of [{ TotalPixelMatrixOriginSequence: origin(20.1, 29.9) }, {}]) {
    assertEquals(choose([values(0), values(4, same)], 10, 10), 1);
  }
});

Deno.test("a canvas is the matrix up to four times the picture, then at least twice as large", () => {
  const matrix = { columns: 10_000, rows: 4000 };
  const sizeFor = (width: number, height: number) => {
    const { columns, rows } = canvasSize(matrix, { width, height });
    return [columns, rows];
  };
  assertEquals(canvasSize(matrix), matrix);
  assertEquals(sizeFor(20_000, 8000), [10_000, 4000]);
  assertEquals(sizeFor(2501, 1001), [10_000, 4000]);
  assertEquals(sizeFor(2500, 1000), [5000, 2000]);
  assertEquals(sizeFor(2500, 1001), [10_000, 4000]);
  assertEquals(sizeFor(300, 120), [625, 250]);
  assertEquals(sizeFor(1, 1), [5, 2]);
});
