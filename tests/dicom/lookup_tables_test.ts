import { assertEquals } from "@std/assert";
import {
  type AttributeValues,
  imageDescriber,
  type ImageDescription,
} from "@dicom/series-preview/dicom";

/** Describes a frame of a small image that has these attributes too. */
function describe(given: Record<string, unknown> = {}, frame = 0): ImageDescription {
  const smallest = { Rows: 2, Columns: 3, BitsAllocated: 16 };
  return imageDescriber({ ...smallest, ...given } as AttributeValues)(frame);
}

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
      VOILUTSequence: JSON.stringify([table([3, 10, 12], data), table([3, 20, 12], data)]),
    });
    assertEquals(modalityTable, expected);
    assertEquals(voiTables, [expected, { ...expected, firstValue: 20 }]);
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

Deno.test("Tables without a descriptor or entries are left out, short ones end where they do", () => {
  const data = { vr: "OW", InlineBinary: words(1, 2) };
  const empty = { vr: "OW" };
  const items = [table([2, 0], data), table([2, 0, 16], empty), {}, table([3, 0, 16], data)];
  const { voiTables } = describe({ VOILUTSequence: JSON.stringify(items) });
  assertEquals(voiTables, [{ firstValue: 0, bits: 16, entries: Uint16Array.of(1, 2) }]);
});

Deno.test("Entries of 8 bits are read from words as well as from bytes, whichever byte they lie in", () => {
  const read = (bits: number, data: Record<string, unknown>) =>
    describe({ VOILUTSequence: JSON.stringify([table([3, 0, bits], data)]) }).voiTables[0];
  const low = { vr: "OW", InlineBinary: words(0, 128, 255) };
  assertEquals(read(8, low), { firstValue: 0, bits: 8, entries: Uint16Array.of(0, 128, 255) });
  const high = { vr: "OW", InlineBinary: words(0, 0x8000, 0xff00) };
  assertEquals(read(8, high)?.bits, 16);
  const twelve = { vr: "US", Value: [0, 2048, 4095] };
  assertEquals([read(8, twelve)?.bits, read(0, twelve)?.bits, read(10, twelve)?.bits], [
    12,
    12,
    10,
  ]);
  assertEquals(read(99, twelve)?.bits, 16);
});

/** The first value that a table of a description maps. */
function firstValue(written: number, count: number, given: Record<string, unknown>): number {
  const data = { vr: "US", Value: Array.from({ length: count }, (_, i) => i) };
  const sequence = JSON.stringify([table([count, written, 16], data)]);
  return describe({ ...given, VOILUTSequence: sequence }).voiTables[0]!.firstValue;
}

Deno.test("The first value of a VOI LUT has the sign of the real values it is looked up by", () => {
  const twelve = { BitsStored: 12 };
  const signed = { ...twelve, PixelRepresentation: 1 };
  const hounsfield = { ...twelve, RescaleIntercept: -1024 };
  for (const pattern of [64512, -1024]) {
    for (const given of [signed, hounsfield, { ...hounsfield, RescaleSlope: -1 }]) {
      assertEquals(firstValue(pattern, 4096, given), -1024, JSON.stringify(given));
    }
  }
  assertEquals(firstValue(40000, 1000, {}), 40000);
  assertEquals(firstValue(-25536, 1000, {}), 40000);
  assertEquals(firstValue(1000, 10, hounsfield), 1000);
  // Real values on both sides of 0 that go beyond 32,767: the table must be where they are.
  const wide = { RescaleIntercept: -1024 };
  assertEquals([firstValue(64512, 4096, wide), firstValue(50000, 1000, wide)], [-1024, 50000]);
  // What a Modality LUT gives is not negative.
  const modality = table([2, 0, 16], { vr: "US", Value: [0, 65535] });
  const given = { PixelRepresentation: 1, ModalityLUTSequence: JSON.stringify([modality]) };
  assertEquals(firstValue(40000, 100, given), 40000);
});

Deno.test("The first value of a Modality LUT and of a palette has the sign of stored values", () => {
  const data = { vr: "US", Value: [1, 2, 3, 4] };
  const given: Record<string, unknown> = {
    ModalityLUTSequence: JSON.stringify([table([4, 65534, 16], data)]),
  };
  for (const color of ["Red", "Green", "Blue"]) {
    given[`${color}PaletteColorLookupTableDescriptor`] = [4, 65534, 16];
    given[`${color}PaletteColorLookupTableData`] = words(1, 2, 3, 4);
  }
  const first = (PixelRepresentation: number) => {
    const { modalityTable, palette } = describe({ ...given, PixelRepresentation });
    return [modalityTable?.firstValue, palette?.blue.firstValue];
  };
  assertEquals(first(1), [-2, -2]);
  assertEquals(first(0), [65534, 65534]);
});

Deno.test("Of a first value that floats are looked up by, the pattern is signed", () => {
  const float = { BitsAllocated: 32, "_pixel_vr": "OF" };
  assertEquals([firstValue(65535, 4, float), firstValue(5, 4, float)], [-1, 5]);
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

Deno.test("A palette whose entries need more than the 8 bits it claims has 16 in each color", () => {
  const given: Record<string, unknown> = { PhotometricInterpretation: "PALETTE COLOR" };
  for (const [color, top] of [["Red", 0xffff], ["Green", 0x3f3f], ["Blue", 0x0101]] as const) {
    given[`${color}PaletteColorLookupTableDescriptor`] = [2, 0, 8];
    given[`${color}PaletteColorLookupTableData`] = words(0, top);
  }
  const { palette } = describe(given);
  assertEquals([palette?.red.bits, palette?.green.bits, palette?.blue.bits], [16, 16, 16]);
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
  const { RedPaletteColorLookupTableDescriptor: __, ...undescribed } = given;
  assertEquals(describe(undescribed).palette, null);
});
