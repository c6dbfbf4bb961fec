import { assert, assertEquals, assertThrows } from "@std/assert";
import { decodeJpeg } from "../../../../dicom/codecs/jpeg/decode_jpeg.ts";
import { DecodeError } from "../../../../errors.ts";
import { goldenStream, goldenStreams } from "./golden_streams.ts";
import { editStream, streamSegments } from "./stream_segments.ts";
import { writeFlatJpeg } from "./write_flat_jpeg.ts";

const grey = goldenStream("cjpeg -grayscale -quality 90");
const restarts = goldenStream("cjpeg -grayscale -restart 1B");
const progressive = goldenStream("cjpeg -grayscale -progressive -quality 95");
const apart = goldenStream('cjpeg -quality 85 -sample 2x2 -restart 1 -scans "0;1;2;"');
const [SOF0, DHT, SOS, DQT] = [0xc0, 0xc4, 0xda, 0xdb];

Deno.test("A stream cut anywhere before its last coefficient is refused", () => {
  for (const { bytes, made } of goldenStreams) {
    const whole = bytes.length - streamSegments(bytes).at(-1)!.bytes.length;
    for (let length = 0; length < whole; length += length + 40 < whole ? 11 : 1) {
      assertThrows(() => decodeJpeg(bytes.subarray(0, length)), DecodeError, "", made);
    }
  }
});

Deno.test("A stream that lacks a scan is refused, as is one that repeats one", () => {
  const scans = streamSegments(progressive.bytes).filter(({ marker }) => marker === SOS).length;
  assert(scans > 3);
  for (let lost = 0; lost < scans; lost++) {
    let scan = 0;
    const lacking = editStream(
      progressive.bytes,
      ({ marker, bytes }) => marker === SOS && scan++ === lost ? [] : [bytes],
    );
    assertThrows(() => decodeJpeg(lacking), DecodeError);
    scan = 0;
    const repeating = editStream(
      progressive.bytes,
      ({ marker, bytes }) =>
        marker === SOS && scan++ === lost && lost < scans - 1 ? [bytes, bytes] : [bytes],
    );
    if (lost < scans - 1) assertThrows(() => decodeJpeg(repeating), DecodeError, "repeat");
  }
  const twice = editStream(
    apart.bytes,
    ({ marker, bytes }) => marker === SOS ? [bytes, bytes] : [bytes],
  );
  assertThrows(() => decodeJpeg(twice), DecodeError, "repeat");
});

Deno.test("A restart interval that is lost is named", () => {
  const bytes = restarts.bytes.slice();
  const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xd2);
  bytes[at + 1] = 0xd4;
  assertThrows(() => decodeJpeg(bytes), DecodeError, "FFD4 is where RST2 must be");
});

Deno.test("Processes without Huffman-coded DCT are refused by name", () => {
  const names: Record<number, string> = {
    0xc3: "lossless",
    0xc5: "hierarchical",
    0xc7: "hierarchical",
    0xc9: "arithmetic",
    0xca: "arithmetic",
    0xcb: "lossless with arithmetic",
    0xcf: "hierarchical",
    0xde: "hierarchical",
    0xf7: "JPEG-LS",
  };
  for (const [marker, name] of Object.entries(names)) {
    const other = editStream(grey.bytes, (each) => {
      const own = each.bytes.slice();
      if (each.marker === SOF0) own[1] = Number(marker);
      return [own];
    });
    const error = assertThrows(() => decodeJpeg(other), DecodeError);
    assert(error.message.includes(name), error.message);
  }
});

Deno.test("What a stream must not say is refused before its image takes memory", () => {
  const frame = (edit: (header: Uint8Array) => void) =>
    editStream(grey.bytes, ({ marker, bytes }) => {
      const own = bytes.slice();
      if (marker === SOF0) edit(own);
      return [own];
    });
  const refuses = (stream: Uint8Array, message: string) =>
    assertThrows(() => decodeJpeg(stream), DecodeError, message);
  refuses(frame((header) => header.fill(0x0f, 5, 9)), "it is cut");
  refuses(frame((header) => header[4] = 12), "12 bits");
  refuses(frame((header) => header.fill(0, 7, 9)), "0 columns");
  refuses(frame((header) => header[11] = 0x51), "sampling factors 5 × 1");
  refuses(frame((header) => header[11] = 0), "sampling factors 0 × 0");
  refuses(frame((header) => header[12] = 4), "quantization table 4");
  refuses(frame((header) => header[12] = 3), "does not define its quantization table 3");
  refuses(frame((header) => header[10] = 9), "component 1");
  refuses(new Uint8Array(0), "FFD8");
  refuses(new Uint8Array(100), "FFD8");
  const without = (gone: number) =>
    editStream(grey.bytes, ({ marker, bytes }) => marker === gone ? [] : [bytes]);
  refuses(without(DHT), "Huffman table");
  refuses(without(DQT), "quantization table 0");
  refuses(without(SOF0), "a scan before its frame");
  refuses(without(SOS), "scans are missing");
  refuses(
    editStream(grey.bytes, ({ marker, bytes }) => marker === SOF0 ? [bytes, bytes] : [bytes]),
    "more than one frame",
  );
});

Deno.test("Huffman tables that are none are refused", () => {
  const withTable = (head: number, counts: readonly number[], symbols: readonly number[]) => {
    const all = [...counts, ...new Array<number>(16 - counts.length).fill(0)];
    const table = [0xff, DHT, 0, 19 + symbols.length, head, ...all, ...symbols];
    return editStream(grey.bytes, ({ marker, bytes }) => marker === SOS ? [table, bytes] : [bytes]);
  };
  const refuses = (stream: Uint8Array, message: string) =>
    assertThrows(() => decodeJpeg(stream), DecodeError, message);
  refuses(withTable(0x10, [3], [0, 1, 2]), "more codes than fit");
  refuses(withTable(0x10, [1, 2, 1], [0, 1, 2, 3]), "more codes than fit");
  refuses(withTable(0x00, [1], [16]), "sizes that DCT does not");
  refuses(withTable(0x04, [1], [0]), "table 4 of kind 0");
  refuses(withTable(0x20, [1], [0]), "table 0 of kind 2");
  refuses(withTable(0x00, [0, 9], [0, 1]), "segment of the JPEG stream is cut");
  refuses(withTable(0x00, [0, 0, 1], [0]), "no Huffman code");
});

/** What a scan of nothing but 0 bits has: the symbol of its shortest AC code, and its range. */
type ZeroScan = readonly [symbol: number, first: number, last: number, bits: number];

/** A progressive stream of 8 × 8 pixels, whose scans are all 0 bits. */
function writeZeroScans(scans: readonly ZeroScan[], components = 1): Uint8Array {
  const table = (
    head: number,
    symbol: number,
  ) => [0xff, DHT, 0, 20, head, 1, ...new Array<number>(15).fill(0), symbol];
  const flat = { hSampling: 1, vSampling: 1, valueAt: () => 0 };
  const base = writeFlatJpeg(8, 8, 8, new Array(components).fill(flat));
  const chosen = Array.from({ length: components }, (_, i) => [i, 0]).flat();
  return editStream(base, ({ marker, bytes }) => {
    if (marker === 0xc1) return [[0xff, 0xc2], bytes.subarray(2)];
    if (marker !== SOS) return [bytes];
    return scans.flatMap(([symbol, first, last, bits]) => [
      table(0x00, 0),
      table(0x10, symbol),
      [0xff, SOS, 0, 6 + components * 2, components, ...chosen, first, last, bits],
      new Uint8Array(32),
    ]);
  });
}

Deno.test("Runs that leave their block and ranges that are none are refused", () => {
  const refuses = (scans: readonly ZeroScan[], message: string) =>
    assertThrows(() => decodeJpeg(writeZeroScans(scans)), DecodeError, message);
  const [dc, ac, acHigh] = [[0, 0, 0, 0x00], [0, 1, 63, 0x00], [0, 1, 63, 0x01]] as const;
  assertEquals(decodeJpeg(writeZeroScans([dc, ac])).data, new Uint8Array(64).fill(128));
  assertEquals(decodeJpeg(writeZeroScans([ac, dc])).data, new Uint8Array(64).fill(128));
  assertEquals(
    decodeJpeg(writeZeroScans([dc, acHigh, [0, 1, 63, 0x10]])).data,
    new Uint8Array(64).fill(128),
  );
  refuses([dc, [0xf1, 1, 63, 0x00]], "leaves its block");
  refuses([dc, [0x51, 1, 5, 0x00]], "leaves its block");
  refuses([dc, acHigh, [0xf1, 1, 63, 0x10]], "leaves its block");
  refuses([dc, acHigh, [0x02, 1, 63, 0x10]], "more than one bit");
  for (const [first, last, bits] of [[0, 63, 0], [5, 4, 0], [1, 64, 0], [1, 63, 0x0e]] as const) {
    refuses([dc, [0, first, last, bits]], `coefficients ${first} to ${last}`);
  }
  refuses([dc, acHigh, [0, 1, 63, 0x20]], "bits 2 to 0");
  const together = writeZeroScans([dc, ac], 2);
  assertThrows(() => decodeJpeg(together), DecodeError, "2 components, which it cannot");

  const flat = { hSampling: 1, vSampling: 1, valueAt: () => 0 };
  const sequential = editStream(writeFlatJpeg(64, 64, 8, [flat]), ({ marker, bytes }) => {
    const own = bytes.slice();
    if (marker === DHT && own[4] === 0x10) own[own.length - 1] = 0xf1;
    return [own];
  });
  assertThrows(() => decodeJpeg(sequential), DecodeError, "leaves its block");
});

Deno.test("Limits and the size expected are held to", () => {
  const { bytes, rows, columns } = progressive;
  const pixels = rows * columns;
  decodeJpeg(bytes, { maxPixels: pixels, maxScans: 10 });
  assertThrows(() => decodeJpeg(bytes, { maxPixels: pixels - 1 }), DecodeError, "pixels allowed");
  assertThrows(() => decodeJpeg(bytes, { maxScans: 2 }), DecodeError, "2 scans allowed");
  const expected = { rows, columns, samplesPerPixel: 1 };
  decodeJpeg(bytes, { expected });
  for (const wrong of [{ rows: 30 }, { columns: 36 }, { samplesPerPixel: 3 }]) {
    const limits = { expected: { ...expected, ...wrong } };
    assertThrows(() => decodeJpeg(bytes, limits), DecodeError, "the DICOM header says");
  }
});
