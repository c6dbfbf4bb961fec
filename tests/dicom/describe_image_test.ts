import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type AttributeValues,
  frameCountOf,
  hasImage,
  imageDescriber,
  type ImageDescription,
  imageKeywords,
} from "@dicom/series-preview/dicom";
import fc from "fast-check";
import { DecodeError, LimitError, NoImageError } from "../../errors.ts";

const SMALLEST: AttributeValues = { Rows: 2, Columns: 3, BitsAllocated: 16 };

/** Describes a frame of a small image that has these attributes too. */
function describe(given: Record<string, unknown> = {}, frame = 0): ImageDescription {
  return imageDescriber({ ...SMALLEST, ...given } as AttributeValues)(frame);
}

Deno.test("What a header does not say is taken as the standard has it", () => {
  assertEquals(describe(), {
    transferSyntaxUID: "1.2.840.10008.1.2",
    rows: 2,
    columns: 3,
    numberOfFrames: 1,
    samplesPerPixel: 1,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    pixelRepresentation: 0,
    photometricInterpretation: "MONOCHROME2",
    planarConfiguration: 0,
    pixelKind: "integer",
    pixelVR: null,
    rescaleSlope: 1,
    rescaleIntercept: 0,
    modalityTable: null,
    windows: [],
    voiLutFunction: "LINEAR",
    voiTables: [],
    padding: null,
    palette: null,
    segmentColors: null,
    pixelAspect: 1,
  });
});

Deno.test("All that a header says is taken over", () => {
  const description = describe({
    TransferSyntaxUID: "1.2.840.10008.1.2.5",
    NumberOfFrames: 12,
    SamplesPerPixel: 3,
    BitsAllocated: 8,
    BitsStored: 7,
    HighBit: 7,
    PixelRepresentation: 1,
    PhotometricInterpretation: "RGB",
    PlanarConfiguration: 1,
    RescaleSlope: 2.5,
    RescaleIntercept: -1024,
  });
  assertEquals(description.transferSyntaxUID, "1.2.840.10008.1.2.5");
  assertEquals(description.numberOfFrames, 12);
  assertEquals(description.samplesPerPixel, 3);
  assertEquals([description.bitsAllocated, description.bitsStored, description.highBit], [8, 7, 7]);
  assertEquals(description.pixelRepresentation, 1);
  assertEquals(description.photometricInterpretation, "RGB");
  assertEquals(description.planarConfiguration, 1);
  assertEquals([description.rescaleSlope, description.rescaleIntercept], [2.5, -1024]);
});

Deno.test("An instance without rows or columns has no image", () => {
  for (const values of [{}, { Rows: 2 }, { Rows: 0, Columns: 3 }, { Rows: null, Columns: 3 }]) {
    assertEquals(hasImage(values), false);
    const error = assertThrows(() => imageDescriber(values, { address: "memory:a" }), NoImageError);
    assertEquals(error.address, "memory:a");
  }
  assertEquals(hasImage(SMALLEST), true);
});

Deno.test("Frames are counted, and what is no count stands for one", () => {
  for (const [count, frames] of [[5, 5], [1, 1], [0, 1], [-3, 1], [null, 1], ["x", 1], [1.5, 1]]) {
    assertEquals(frameCountOf({ NumberOfFrames: count as number }), frames);
  }
  assertEquals(frameCountOf({}), 1);
  assertEquals(frameCountOf({ NumberOfFrames: Infinity }), 1);
});

Deno.test("Images larger than the limits are refused", () => {
  assertThrows(() => describe({ Rows: 65535, Columns: 65535 }), LimitError, "65535");
  assertThrows(() => describe({ NumberOfFrames: 100_001 }), LimitError, "100001");
  const limited = (limits: Parameters<typeof imageDescriber>[1]) =>
    imageDescriber({ ...SMALLEST, NumberOfFrames: 4 }, limits);
  assertThrows(() => limited({ limits: { maxFramePixels: 5 } }), LimitError);
  assertThrows(() => limited({ limits: { maxFrames: 3 } }), LimitError);
  assertEquals(limited({ limits: { maxFramePixels: 6, maxFrames: 4 } })(0).rows, 2);
});

Deno.test("Attributes that contradict each other are refused", () => {
  const contradictions = [
    { BitsAllocated: 12 },
    { BitsAllocated: 0 },
    { BitsStored: 17 },
    { BitsStored: 0 },
    { BitsStored: 7.5 },
    { Rows: 1.5 },
    { Columns: 2.5 },
    { HighBit: NaN },
    { SamplesPerPixel: 0 },
    { SamplesPerPixel: 2 },
    { SamplesPerPixel: 1e9 },
    { SamplesPerPixel: 1.5 },
  ];
  for (const given of contradictions) {
    assertThrows(() => describe(given), DecodeError, "", JSON.stringify(given));
  }
});

Deno.test("A high bit that leaves no room for the bits stored counts as absent", () => {
  assertEquals(describe({ BitsStored: 12, HighBit: 13 }).highBit, 13);
  assertEquals(describe({ BitsStored: 12, HighBit: 15 }).highBit, 15);
  assertEquals(describe({ BitsStored: 12, HighBit: 10 }).highBit, 11);
  assertEquals(describe({ BitsStored: 12, HighBit: 16 }).highBit, 11);
});

Deno.test("Float pixels are told by the index, or by the missing bits stored and sign", () => {
  assertEquals(describe({ BitsAllocated: 32 }).pixelKind, "float");
  assertEquals(describe({ BitsAllocated: 64 }).pixelKind, "double");
  assertEquals(describe({ BitsAllocated: 32, PixelRepresentation: 0 }).pixelKind, "integer");
  assertEquals(describe({ BitsAllocated: 32, BitsStored: 32 }).pixelKind, "integer");
  const told = (_pixel_vr: string, BitsAllocated: number, BitsStored?: number) =>
    describe({ _pixel_vr, BitsAllocated, ...(BitsStored ? { BitsStored } : {}) }).pixelKind;
  assertEquals(told("OW", 32), "integer");
  assertEquals(told("OB", 64), "integer");
  assertEquals(told("OF", 32, 32), "float");
  assertEquals(told("OD", 64, 64), "double");
  assertEquals(told("OF", 16), "integer");
  assertEquals(["OW", "SQ"].map((_pixel_vr) => describe({ _pixel_vr }).pixelVR), ["OW", null]);
});

Deno.test("Padding matches as a bit pattern, whichever sign it was written with", () => {
  const padding = (given: Record<string, unknown>) => describe(given).padding;
  const signed = { PixelRepresentation: 1, BitsStored: 16 };
  assertEquals(padding({ ...signed, PixelPaddingValue: -2000 }), { low: -2000, high: -2000 });
  assertEquals(padding({ ...signed, PixelPaddingValue: 63536 }), { low: -2000, high: -2000 });
  assertEquals(padding({ PixelPaddingValue: -2000 }), { low: 63536, high: 63536 });
  assertEquals(padding({ PixelPaddingValue: 0 }), { low: 0, high: 0 });
  const twelve = { PixelRepresentation: 1, BitsStored: 12 };
  assertEquals(padding({ ...twelve, PixelPaddingValue: 0x800 }), { low: -2048, high: -2048 });
  assertEquals(padding({ ...twelve, PixelPaddingValue: 0xf800 }), { low: -2048, high: -2048 });
  assertEquals(padding({ ...twelve, PixelPaddingValue: 100 }), { low: 100, high: 100 });
  assertEquals(padding({}), null);
  assertEquals(padding({ BitsAllocated: 64, PixelPaddingValue: 0 }), null);
});

Deno.test("Padding of floats has attributes of its own", () => {
  const float = { BitsAllocated: 32 };
  const double = { BitsAllocated: 64 };
  const padding = (given: Record<string, unknown>) => describe(given).padding;
  assertEquals(padding({ ...float, FloatPixelPaddingValue: -9999.5 }), {
    low: -9999.5,
    high: -9999.5,
  });
  assertEquals(
    padding({ ...double, DoubleFloatPixelPaddingValue: 2, DoubleFloatPixelPaddingRangeLimit: 1 }),
    { low: 1, high: 2 },
  );
  assertEquals(padding({ ...float, FloatPixelPaddingValue: 1, FloatPixelPaddingRangeLimit: 9 }), {
    low: 1,
    high: 9,
  });
  assertEquals(padding({ ...float, DoubleFloatPixelPaddingValue: 1 }), null);
  assertEquals(padding({ ...float, PixelPaddingValue: 0 }), null);
  assertEquals(padding({ FloatPixelPaddingValue: 1 }), null);
});

Deno.test("A padding range reaches from value to limit, in either order", () => {
  const padding = (PixelPaddingValue: number, PixelPaddingRangeLimit: number, sign = 0) =>
    describe({ PixelPaddingValue, PixelPaddingRangeLimit, PixelRepresentation: sign }).padding;
  assertEquals(padding(0, 10), { low: 0, high: 10 });
  assertEquals(padding(10, 0), { low: 0, high: 10 });
  assertEquals(padding(65000, 65535, 1), { low: -536, high: -1 });
});

Deno.test("Padding of every pattern is a stored value of the pixels' sign", () => {
  const given = fc.record({
    bitsAllocated: fc.constantFrom(8, 16, 32),
    sign: fc.constantFrom(0, 1),
    value: fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }),
  });
  fc.assert(
    fc.property(given, ({ bitsAllocated, sign, value }) => {
      const { padding } = describe({
        BitsAllocated: bitsAllocated,
        BitsStored: bitsAllocated,
        PixelRepresentation: sign,
        PixelPaddingValue: value,
      });
      const wrap = sign === 1 ? BigInt.asIntN : BigInt.asUintN;
      const expected = Number(wrap(bitsAllocated, BigInt(value)));
      assertEquals(padding, { low: expected, high: expected });
    }),
    { seed: 5, numRuns: 300 },
  );
});

Deno.test("A dose grid is scaled by its Dose Grid Scaling, and a slope of 0 counts as absent", () => {
  assertEquals(describe({ DoseGridScaling: 1e-5 }).rescaleSlope, 1e-5);
  assertEquals(describe({ DoseGridScaling: 1e-5, RescaleSlope: 2 }).rescaleSlope, 2);
  assertEquals(describe({ RescaleSlope: 0 }).rescaleSlope, 1);
  assertEquals(describe({ RescaleSlope: null, RescaleIntercept: null }).rescaleIntercept, 0);
});

const number = (vr: string, ...Value: number[]) => ({ vr, Value });
const sequence = (...Value: unknown[]) => ({ vr: "SQ", Value });

Deno.test("What a functional group says of a frame goes before the rest", () => {
  const rescale = (slope: number, intercept: number) => ({
    "00289145": sequence({
      "00281052": number("DS", intercept),
      "00281053": number("DS", slope),
    }),
  });
  const voi = (center: number, width: number, name?: string) => ({
    "00289132": sequence({
      "00281050": number("DS", center),
      "00281051": number("DS", width),
      ...(name ? { "00281056": { vr: "CS", Value: [name] } } : {}),
    }),
  });
  const given = {
    NumberOfFrames: 3,
    RescaleSlope: 9,
    RescaleIntercept: 9,
    WindowCenter: 9,
    WindowWidth: 9,
    VOILUTFunction: "SIGMOID",
    PixelSpacing: [9, 9],
    SharedFunctionalGroupsSequence: JSON.stringify([{
      ...rescale(2, -2),
      "00289110": sequence({ "00280030": number("DS", 3, 1.5) }),
    }]),
    PerFrameFunctionalGroupsSequence: JSON.stringify([
      rescale(3, -3),
      voi(40, 400, "LINEAR_EXACT"),
      {},
    ]),
  };
  const facts = [0, 1, 2].map((frame) => {
    const { rescaleSlope, rescaleIntercept, windows, voiLutFunction, pixelAspect } = describe(
      given,
      frame,
    );
    return [rescaleSlope, rescaleIntercept, windows, voiLutFunction, pixelAspect];
  });
  assertEquals(facts, [
    [3, -3, [{ center: 9, width: 9 }], "SIGMOID", 2],
    [2, -2, [{ center: 40, width: 400 }], "LINEAR_EXACT", 2],
    [2, -2, [{ center: 9, width: 9 }], "SIGMOID", 2],
  ]);
  const lone = describe({
    ...given,
    SharedFunctionalGroupsSequence: "[]",
    PerFrameFunctionalGroupsSequence: null,
  });
  assertEquals(lone.rescaleSlope, 9);
});

Deno.test("The keywords that describe an image are all that it is described from", () => {
  const segmentation = {
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.66.4",
    SegmentationType: "FRACTIONAL",
  };
  const identified = { "0062000B": number("US", 1) };
  for (
    const given of [
      { PixelPaddingValue: 7 },
      { BitsAllocated: 32, FloatPixelPaddingValue: 7 },
      { BitsAllocated: 64, DoubleFloatPixelPaddingValue: 7 },
      { PhotometricInterpretation: "PALETTE COLOR" },
      { ...segmentation, SegmentSequence: JSON.stringify([{ "00620004": number("US", 1) }]) },
      { SharedFunctionalGroupsSequence: JSON.stringify([{ "0062000A": sequence(identified) }]) },
    ]
  ) {
    const read = new Set<string>();
    const values = new Proxy<AttributeValues>({ ...SMALLEST, ...given }, {
      get(target, keyword) {
        read.add(String(keyword));
        return Reflect.get(target, keyword);
      },
    });
    imageDescriber(values)(0);
    read.delete("_pixel_vr");
    for (const keyword of read) assert(imageKeywords.includes(keyword), keyword);
    assert(read.size > 20);
  }
});
