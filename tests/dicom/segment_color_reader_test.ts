import { assert, assertEquals, assertLessOrEqual, assertNotEquals } from "@std/assert";
import {
  type AttributeValues,
  type ColorPalette,
  imageDescriber,
  imageKeywords,
} from "@dicom/series-preview/dicom";

const segmentation = "1.2.840.10008.5.1.4.1.1.66.4";
const labelMap = "1.2.840.10008.5.1.4.1.1.66.7";
/** Lab of sRGB's red, green and blue, encoded as PS3.3 C.10.7.1.1 has it. */
const red = [35579, 53664, 50858];
const green = [57553, 12519, 53710];
const blue = [19379, 50449, 4104];

const us = (...Value: number[]) => ({ vr: "US", Value });
const sequence = (...Value: unknown[]) => ({ vr: "SQ", Value });

/** An item of the Segment Sequence. */
function segment(number: number, lab?: readonly number[]) {
  return { "00620004": us(number), ...(lab ? { "0062000D": us(...lab) } : {}) };
}

/** Functional groups that name a segment. */
function groupsOf(number: number) {
  return { "0062000A": sequence({ "0062000B": us(number) }) };
}

function describer(segments: readonly unknown[], given: Record<string, unknown>) {
  const values = {
    SOPClassUID: segmentation,
    SegmentationType: "BINARY",
    Rows: 2,
    Columns: 2,
    BitsAllocated: 1,
    SegmentSequence: JSON.stringify(segments),
    ...given,
  };
  for (const keyword of Object.keys(values)) assert(imageKeywords.includes(keyword), keyword);
  return imageDescriber(values as AttributeValues);
}

/** The color of a stored value. */
function colorOf(palette: ColorPalette | null, value: number): number[] {
  assert(palette !== null);
  return [palette.red, palette.green, palette.blue].map((table) => {
    assertEquals([table.firstValue, table.bits], [0, 8]);
    return table.entries[value]!;
  });
}

function assertNear(found: readonly number[], expected: readonly number[]): void {
  found.forEach((channel, i) =>
    assertLessOrEqual(Math.abs(channel - expected[i]!), 2, `${found} is not ${expected}`)
  );
}

Deno.test("A frame has the color of the segment that its functional groups name", () => {
  const describe = describer([segment(1, red), segment(2, green), segment(7, blue)], {
    NumberOfFrames: 4,
    SharedFunctionalGroupsSequence: JSON.stringify([groupsOf(2)]),
    PerFrameFunctionalGroupsSequence: JSON.stringify([groupsOf(7), groupsOf(1), {}, groupsOf(9)]),
  });
  const palettes = [0, 1, 2].map((frame) => describe(frame).segmentColors);
  for (const palette of palettes) assertEquals(colorOf(palette, 0), [0, 0, 0]);
  assertNear(colorOf(palettes[0]!, 1), [0, 0, 255]);
  assertNear(colorOf(palettes[1]!, 1), [255, 0, 0]);
  assertNear(colorOf(palettes[2]!, 1), [0, 255, 0]);
  assertEquals(describe(3).segmentColors, null);
});

Deno.test("A frame that names no segment is of the only one, or has no color", () => {
  assertNear(colorOf(describer([segment(3, red)], {})(0).segmentColors, 1), [255, 0, 0]);
  assertEquals(describer([segment(1, red), segment(2, green)], {})(0).segmentColors, null);
  assertEquals(describer([], {})(0).segmentColors, null);
});

Deno.test("Tiles of a TILED_FULL segmentation come segment by segment, in order of their numbers", () => {
  const describe = describer([segment(2, green), segment(1, red)], {
    NumberOfFrames: 6,
    DimensionOrganizationType: "TILED_FULL",
  });
  const tops = [0, 2, 3, 5].map((frame) => colorOf(describe(frame).segmentColors, 1));
  assertEquals([tops[0], tops[2]], [tops[1], tops[3]]);
  assertNear(tops[0]!, [255, 0, 0]);
  assertNear(tops[2]!, [0, 255, 0]);
});

Deno.test("A segment without a color is white when alone, else told from all others", () => {
  assertEquals(colorOf(describer([segment(1)], {})(0).segmentColors, 1), [255, 255, 255]);
  // Black on black is no color either.
  const black = describer([segment(1, [0, 0x8080, 0x8080])], {})(0).segmentColors;
  assertEquals(colorOf(black, 1), [255, 255, 255]);
  const numbers = Array.from({ length: 40 }, (_, i) => i + 1);
  const describe = describer(numbers.map((number) => segment(number)), {
    NumberOfFrames: 40,
    PerFrameFunctionalGroupsSequence: JSON.stringify(numbers.map(groupsOf)),
  });
  const colors = numbers.map((_, frame) => colorOf(describe(frame).segmentColors, 1));
  assertEquals(new Set(colors.map((color) => color.join())).size, 40);
  for (const color of colors) assert(Math.max(...color) > 100, `${color} is too dark`);
  for (let i = 1; i < 40; i++) {
    const apart = colors[i]!.map((channel, j) => Math.abs(channel - colors[i - 1]![j]!));
    assert(Math.max(...apart) > 50, `${colors[i - 1]} and ${colors[i]} are too near`);
  }
});

Deno.test("A fraction of the maximal value is that fraction of the color", () => {
  const given = { SegmentationType: "FRACTIONAL", BitsAllocated: 8 };
  const scaled = (changes: Record<string, unknown>) =>
    describer([segment(1)], { ...given, ...changes })(0).segmentColors;
  const hundred = scaled({ MaximumFractionalValue: 100 });
  assertEquals([0, 20, 100].map((value) => colorOf(hundred, value)[1]), [0, 51, 255]);
  assertEquals(hundred?.red.entries.length, 101);
  const absent = scaled({ MaximumFractionalValue: null });
  assertEquals([0, 51, 255].map((value) => colorOf(absent, value)[2]), [0, 51, 255]);
  assertEquals(scaled({ MaximumFractionalValue: 0 })?.red.entries, Uint8Array.of(0, 255));
});

Deno.test("A label map has the colors of all segments at once", () => {
  const labels = (changes: Record<string, unknown>, ...segments: unknown[]) =>
    describer(segments, {
      SOPClassUID: labelMap,
      SegmentationType: "LABELMAP",
      BitsAllocated: 8,
      ...changes,
    })(0).segmentColors;
  const plain = labels({}, segment(5, red), segment(2, blue));
  assertEquals(plain?.red.entries.length, 256);
  assertNear(colorOf(plain, 5), [255, 0, 0]);
  assertNear(colorOf(plain, 2), [0, 0, 255]);
  assertEquals(colorOf(plain, 0), [0, 0, 0]);
  assertEquals(colorOf(plain, 1), [255, 255, 255]);
  const padded = labels({ PixelPaddingValue: 5 }, segment(5, red), segment(0, green));
  assertEquals(colorOf(padded, 5), [0, 0, 0]);
  assertNear(colorOf(padded, 0), [0, 255, 0]);
  const wide = labels({ BitsAllocated: 16 }, segment(1, red), segment(60000, green));
  assertNear(colorOf(wide, 60000), [0, 255, 0]);
});

Deno.test("Only segmentations without colors of their own are given some", () => {
  const segments = [segment(1, red)];
  for (
    const given of [
      { SOPClassUID: "1.2.840.10008.5.1.4.1.1.2" },
      { SOPClassUID: null },
      { SOPClassUID: labelMap, PhotometricInterpretation: "PALETTE COLOR", BitsAllocated: 8 },
      { SamplesPerPixel: 3, BitsAllocated: 8 },
    ]
  ) {
    assertEquals(describer(segments, given)(0).segmentColors, null, JSON.stringify(given));
  }
  assertNotEquals(describer(segments, {})(0).segmentColors, null);
});

Deno.test("Frames of one segment share their tables", () => {
  const describe = describer([segment(1, red), segment(2, green)], {
    NumberOfFrames: 3,
    PerFrameFunctionalGroupsSequence: JSON.stringify([groupsOf(1), groupsOf(2), groupsOf(1)]),
  });
  assert(describe(0).segmentColors === describe(2).segmentColors);
  assert(describe(0).segmentColors !== describe(1).segmentColors);
});
