import { assertEquals, assertThrows } from "@std/assert";
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
    rescaleSlope: 1,
    rescaleIntercept: 0,
    modalityTable: null,
    windows: [],
    voiLutFunction: "LINEAR",
    voiTables: [],
    padding: null,
    palette: null,
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
  const told = (_pixel_kind: string, BitsAllocated: number, BitsStored?: number) =>
    describe({ _pixel_kind, BitsAllocated, ...(BitsStored ? { BitsStored } : {}) }).pixelKind;
  assertEquals(told("integer", 32), "integer");
  assertEquals(told("float", 32, 32), "float");
  assertEquals(told("double", 64, 64), "double");
  assertEquals(told("float", 16), "integer");
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

Deno.test("Windows come in pairs, and those that count as absent are left out", () => {
  const windows = (WindowCenter: unknown, WindowWidth: unknown, VOILUTFunction?: string) =>
    describe({ WindowCenter, WindowWidth, ...(VOILUTFunction ? { VOILUTFunction } : {}) }).windows;
  assertEquals(windows(40, 400), [{ center: 40, width: 400 }]);
  assertEquals(windows([40, -600], [400, 1500]), [
    { center: 40, width: 400 },
    { center: -600, width: 1500 },
  ]);
  // One that is missing leaves the others with their own.
  assertEquals(windows([null, 40], [1500, 400]), [{ center: 40, width: 400 }]);
  assertEquals(windows([1, 2, 3], [10, "x", 30]), [
    { center: 1, width: 10 },
    { center: 3, width: 30 },
  ]);
  assertEquals(windows([1, 2], 10), [{ center: 1, width: 10 }]);
  assertEquals(windows(40, null), []);
  assertEquals(windows(40, 0.5), []);
  assertEquals(windows(40, 1), [{ center: 40, width: 1 }]);
  assertEquals(windows(40, 0.5, "LINEAR_EXACT"), [{ center: 40, width: 0.5 }]);
  assertEquals(windows(40, 0.5, "SIGMOID"), [{ center: 40, width: 0.5 }]);
  assertEquals(windows(40, 0, "SIGMOID"), []);
});

Deno.test("A VOI LUT Function that is not known is LINEAR", () => {
  const named = (name: unknown) => describe({ VOILUTFunction: name }).voiLutFunction;
  assertEquals(named("SIGMOID"), "SIGMOID");
  assertEquals(named("LINEAR_EXACT"), "LINEAR_EXACT");
  for (const name of ["LINEAR", "linear_exact", "CUBIC", null]) assertEquals(named(name), "LINEAR");
});

Deno.test("Pixels are as high as their spacing or aspect ratio says", () => {
  const aspect = (given: Record<string, unknown>) => describe(given).pixelAspect;
  assertEquals(aspect({ PixelSpacing: [2, 0.5] }), 4);
  assertEquals(aspect({ PixelAspectRatio: [1, 2] }), 0.5);
  assertEquals(aspect({ PixelSpacing: [2, 1], PixelAspectRatio: [1, 2] }), 2);
  for (const odd of [[0, 1], [1, 0], [1000, 1], [-1, 1], [1], [1, null], "x"]) {
    assertEquals(aspect({ PixelSpacing: odd }), 1, JSON.stringify(odd));
  }
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

/** A lookup table as an item of DICOM JSON. */
function table(descriptor: readonly number[], data: Record<string, unknown>) {
  return { "00283002": { vr: "US", Value: descriptor }, "00283006": data };
}

const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer).toBase64();

Deno.test("Modality and VOI LUTs are read from words, from US and from bytes", () => {
  const asWords = { vr: "OW", InlineBinary: words(0, 100, 4095) };
  const asNumbers = { vr: "US", Value: [0, 100, 4095] };
  const expected = { firstValue: 10, bits: 12, entries: Uint16Array.of(0, 100, 4095) };
  for (const data of [asWords, asNumbers]) {
    const { modalityTable, voiTables } = describe({
      ModalityLUTSequence: JSON.stringify([table([3, 10, 12], data)]),
      VOILUTSequence: JSON.stringify([table([3, 10, 12], data), table([3, -5, 12], data)]),
    });
    assertEquals(modalityTable, expected);
    assertEquals(voiTables, [expected, { ...expected, firstValue: -5 }]);
  }
  const bytes = { vr: "OW", InlineBinary: Uint8Array.of(1, 2, 3, 0).toBase64() };
  const packed = describe({ VOILUTSequence: JSON.stringify([table([3, 0, 8], bytes)]) });
  assertEquals(packed.voiTables, [{ firstValue: 0, bits: 8, entries: Uint8Array.of(1, 2, 3) }]);
});

Deno.test("A table of 65,536 entries is written as of none", () => {
  const data = { vr: "OW", InlineBinary: new Uint8Array(131072).fill(1).toBase64() };
  const { voiTables } = describe({ VOILUTSequence: JSON.stringify([table([0, 0, 16], data)]) });
  assertEquals(voiTables[0]?.entries.length, 65536);
  assertEquals(voiTables[0]?.entries[65535], 257);
});

Deno.test("Tables that are not whole are left out", () => {
  const data = { vr: "OW", InlineBinary: words(1, 2) };
  const items = [table([3, 0, 16], data), table([3, 0], data), {}, table([2, 0, 16], data)];
  const { voiTables } = describe({ VOILUTSequence: JSON.stringify(items) });
  assertEquals(voiTables, [{ firstValue: 0, bits: 16, entries: Uint16Array.of(1, 2) }]);
});

Deno.test("A segmented palette is expanded, by the bits of its entries", () => {
  const given: Record<string, unknown> = { PhotometricInterpretation: "PALETTE COLOR" };
  for (const [i, color] of ["Red", "Green", "Blue"].entries()) {
    given[`${color}PaletteColorLookupTableDescriptor`] = [4, 1, 16];
    given[`Segmented${color}PaletteColorLookupTableData`] = words(0, 1, i, 1, 3, 300 + i);
  }
  const { palette } = describe(given);
  assertEquals(palette?.red, {
    firstValue: 1,
    bits: 16,
    entries: Uint16Array.of(0, 100, 200, 300),
  });
  assertEquals(palette?.blue.entries, Uint16Array.of(2, 102, 202, 302));
  // Bytes, which a word order has made pairs of.
  const bytes = { SegmentedGreenPaletteColorLookupTableData: words(0x0100, 0x0105, 0x0803) };
  const eight = { GreenPaletteColorLookupTableDescriptor: [4, 0, 8] };
  assertEquals(describe({ ...given, ...bytes, ...eight }).palette?.green, {
    firstValue: 0,
    bits: 8,
    entries: Uint8Array.of(5, 6, 7, 8),
  });
  const cut = { SegmentedGreenPaletteColorLookupTableData: words(0, 3, 1, 2) };
  assertEquals(describe({ ...given, ...cut }).palette, null);
});

Deno.test("A palette takes all three colors", () => {
  const given: Record<string, unknown> = { PhotometricInterpretation: "PALETTE COLOR" };
  for (const [i, color] of ["Red", "Green", "Blue"].entries()) {
    given[`${color}PaletteColorLookupTableDescriptor`] = [2, 1, 16];
    given[`${color}PaletteColorLookupTableData`] = words(i, 1000 + i);
  }
  const { palette } = describe(given);
  assertEquals(palette?.green, { firstValue: 1, bits: 16, entries: Uint16Array.of(1, 1001) });
  assertEquals(palette?.blue.entries, Uint16Array.of(2, 1002));
  const { BluePaletteColorLookupTableData: _, ...twoColors } = given;
  assertEquals(describe(twoColors).palette, null);
  assertEquals(
    describe({ ...given, RedPaletteColorLookupTableDescriptor: [9, 0, 16] }).palette,
    null,
  );
});

Deno.test("The keywords that describe an image are enough to describe it", () => {
  const all = {
    ...SMALLEST,
    NumberOfFrames: 2,
    BitsStored: 12,
    HighBit: 11,
    RescaleSlope: 2,
    WindowCenter: 40,
    WindowWidth: 400,
    PixelPaddingValue: 7,
    PixelSpacing: [2, 1],
  };
  const kept = Object.fromEntries(
    Object.entries(all).filter(([keyword]) => imageKeywords.includes(keyword)),
  );
  assertEquals(kept, all);
});
