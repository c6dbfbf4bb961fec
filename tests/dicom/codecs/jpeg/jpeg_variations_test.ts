import { assertEquals, assertLess, assertThrows } from "@std/assert";
import { decodeJpeg } from "../../../../dicom/codecs/jpeg/decode_jpeg.ts";
import { DecodeError } from "../../../../errors.ts";
import { goldenStream, goldenStreams } from "./golden_streams.ts";
import { editStream, streamSegments } from "./stream_segments.ts";

const restarts = goldenStream("cjpeg -grayscale -restart 1B");
const apart = goldenStream('cjpeg -quality 85 -sample 2x2 -restart 1 -scans "0;1;2;"');
const [SOF0, DHT, EOI, SOS, DQT] = [0xc0, 0xc4, 0xd9, 0xda, 0xdb];

/** Checks that two streams give the same samples. */
function assertSameImage(stream: Uint8Array, sound: Uint8Array): void {
  const { data, rows, columns } = decodeJpeg(stream);
  const expected = decodeJpeg(sound);
  assertEquals([rows, columns], [expected.rows, expected.columns]);
  assertEquals(data, expected.data);
}

Deno.test("Fill bytes, bytes that belong to nothing, and a missing end are tolerated", () => {
  for (const { bytes } of goldenStreams) {
    for (const fill of [[0xff], [0xff, 0xff]]) {
      const filled = editStream(bytes, ({ bytes }, i) => i === 0 ? [bytes] : [fill, bytes]);
      assertSameImage(filled, bytes);
    }
    const noisy = editStream(
      bytes,
      ({ bytes }, i) => i === 0 ? [bytes] : [bytes, [0xff, 0x00, 1, 2, 3, 0xff, 0xd3, 0xff, 0x01]],
    );
    assertSameImage(noisy, bytes);
    assertSameImage(editStream(bytes, (each) => each.marker === EOI ? [] : [each.bytes]), bytes);
    assertSameImage(
      editStream(bytes, (each) => [each.bytes, each.marker === EOI ? [7] : []]),
      bytes,
    );
  }
});

Deno.test("Bytes left over before a restart marker are passed over, and fill bytes too", () => {
  const isRestart = (bytes: Uint8Array, i: number) =>
    bytes[i] === 0xff && (bytes[i + 1]! & 0xf8) === 0xd0;
  const edited = editStream(
    restarts.bytes,
    ({ marker, bytes }) =>
      marker !== SOS ? [bytes] : [
        [...bytes].flatMap((byte, i) => isRestart(bytes, i) ? [0xab, 0xcd, 0xff, byte] : [byte]),
      ],
  );
  assertLess(restarts.bytes.length + 20, edited.length);
  assertSameImage(edited, restarts.bytes);
});

Deno.test("The number of lines may come after the first scan", () => {
  const { rows, bytes } = goldenStream("cjpeg -grayscale -quality 90");
  const withLines = (lines: readonly number[]) =>
    editStream(bytes, (each) => {
      if (each.marker === SOS) return [each.bytes, lines];
      const open = each.bytes.slice();
      if (each.marker === SOF0) open.fill(0, 5, 7);
      return [open];
    });
  assertSameImage(withLines([0xff, 0xdc, 0, 4, 0, rows]), bytes);
  assertThrows(() => decodeJpeg(withLines([])), DecodeError, "number of lines");
  assertThrows(() => decodeJpeg(withLines([0xff, 0xdc, 0, 4, 0, 0])), DecodeError);
});

Deno.test("Tables defined anew between scans hold from there on", () => {
  // All components take the tables of index 0, which each scan after the first defines again.
  const segments = streamSegments(apart.bytes);
  const table = (marker: number, head: number) => {
    const found = segments.find((each) => each.marker === marker && each.bytes[4] === head);
    const renamed = found!.bytes.slice();
    renamed[4] = head & 0xf0;
    return renamed;
  };
  const chroma = [table(DQT, 1), table(DHT, 0x01), table(DHT, 0x11)];
  let scans = 0;
  const edited = editStream(apart.bytes, ({ marker, bytes }) => {
    const own = bytes.slice();
    if (marker === SOF0) own[15] = own[18] = 0;
    if (marker === SOS) own[6] = 0;
    if ((marker === DQT || marker === DHT) && (own[4]! & 15) === 1) return [];
    return marker === SOS && scans++ > 0 ? [...chroma, own] : [own];
  });
  assertSameImage(edited, apart.bytes);
});

Deno.test("A quantization table may have 16 bits, and several tables one segment", () => {
  const wide = editStream(apart.bytes, ({ marker, bytes }) => {
    if (marker !== DQT) return [bytes];
    const values = [...bytes.subarray(5)].flatMap((value) => [0, value]);
    return [[0xff, DQT, 0, 2 + 1 + 128, 0x10 | bytes[4]!, ...values]];
  });
  assertSameImage(wide, apart.bytes);
  const tables = streamSegments(apart.bytes).filter(({ marker }) => marker === DHT);
  const all = tables.flatMap(({ bytes }) => [...bytes.subarray(4)]);
  const length = all.length + 2;
  let joined = false;
  const together = editStream(apart.bytes, ({ marker, bytes }) => {
    if (marker !== DHT) return [bytes];
    if (joined) return [];
    joined = true;
    return [[0xff, DHT, length >> 8, length & 255, ...all]];
  });
  assertSameImage(together, apart.bytes);
});

Deno.test("A fill byte before a stuffed one is passed over", () => {
  const { bytes } = goldenStream("imagecodecs.jpeg8_encode(level=100, bitspersample=12), noise");
  const edited = editStream(
    bytes,
    ({ marker, bytes }) =>
      marker !== SOS ? [bytes] : [
        [...bytes].flatMap((byte, i) =>
          byte === 0xff && bytes[i + 1] === 0 ? [0xff, 0xff] : [byte]
        ),
      ],
  );
  assertLess(bytes.length, edited.length);
  assertSameImage(edited, bytes);
});

Deno.test("A component keeps the quantization table of its first scan", () => {
  const { bytes } = goldenStream("cjpeg -grayscale -progressive -quality 95");
  const other = [0xff, DQT, 0, 67, 0, ...new Array<number>(64).fill(9)];
  let scans = 0;
  const edited = editStream(
    bytes,
    ({ marker, bytes }) => marker === SOS && scans++ > 0 ? [other, bytes] : [bytes],
  );
  assertLess(bytes.length, edited.length);
  assertSameImage(edited, bytes);
});
