import { deflateRaw } from "pako";
import {
  concat,
  DEFLATED,
  element,
  type ElementSpec,
  EXPLICIT,
  latin1,
  RLE,
  UNDEFINED_LENGTH,
  writeElements,
  writeFileMeta,
  writeFragments,
  writeHead,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { PATIENT, PATIENT_ID, SAMPLE_SERIES } from "../cli/sample_series.ts";

/** An instance that is made to do harm. */
export interface HostileSlice {
  /** What it does, as the name of a test has it. */
  readonly name: string;
  readonly make: () => Uint8Array;
  /** The rule that its error tells; null where it is harmless and drawn. */
  readonly rule: RegExp | null;
}

const LITTLE = { explicitVR: true, littleEndian: true };
const JPEG = "1.2.840.10008.1.2.4.50";
const JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70";
const JPEG_LS = "1.2.840.10008.1.2.4.80";
const JPEG_2000 = "1.2.840.10008.1.2.4.90";
const JPEG_XL = "1.2.840.10008.1.2.4.110";
const JPEG_XL_MAGIC = [0xff, 0x0a];
const item = (length: number) => writeHead(0xfffee000, "", length, LITTLE);
const itemEnd = writeHead(0xfffee00d, "", 0, LITTLE);
const openSequence = writeHead(0x00081140, "SQ", UNDEFINED_LENGTH, LITTLE);

/** Bytes of a stream that claims far more. */
const streamLength = 50_000;

/** How a slice differs from a sound one of its series. */
interface Changes {
  /** Elements in place of the sound ones of their tags, or beside them. */
  readonly elements?: readonly ElementSpec[];
  readonly transferSyntaxUID?: string;
  /** What stands in place of all from (0008,1140) on. */
  readonly rest?: Uint8Array;
}

/** The elements of a slice of the series that `sampleSeries` makes, changed. */
function elementsOf(changes: Changes): ElementSpec[] {
  const sound = [
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
    element(0x00080018, "UI", `${SAMPLE_SERIES}.99`),
    element(0x00080060, "CS", "CT"),
    element(0x00100010, "PN", PATIENT),
    element(0x00100020, "LO", PATIENT_ID),
    element(0x0020000d, "UI", "1.2.826.0.1.3680043.8.498.0"),
    element(0x0020000e, "UI", SAMPLE_SERIES),
    element(0x00200013, "IS", "99"),
    element(0x00200032, "DS", "-50\\-40\\99"),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280010, "US", [16]),
    element(0x00280011, "US", [12]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [0]),
    element(0x7fe00010, "OW", new Uint8Array(16 * 12 * 2)),
  ];
  const changed = new Map([...sound, ...changes.elements ?? []].map((each) => [each.tag, each]));
  return [...changed.values()].sort((a, b) => a.tag - b.tag);
}

function slice(changes: Changes): Uint8Array<ArrayBuffer> {
  const { rest, transferSyntaxUID = EXPLICIT } = changes;
  const elements = elementsOf(changes);
  if (rest === undefined) return writeInstance(elements, { transferSyntaxUID });
  const head = elements.filter(({ tag }) => tag < 0x00081140);
  return concat(writeInstance(head, { transferSyntaxUID }), rest);
}

/** One frame's stream, or several, in fragments. */
function compressed(
  transferSyntaxUID: string,
  fragments: readonly Uint8Array[],
  elements: readonly ElementSpec[] = [],
  table: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const pixels = element(0x7fe00010, "OB", writeFragments(fragments, table), {
    undefinedLength: true,
  });
  return slice({ transferSyntaxUID, elements: [...elements, pixels] });
}

const sized = (rows: number, columns: number) => [
  element(0x00280010, "US", [rows]),
  element(0x00280011, "US", [columns]),
];
const eightBits = [
  element(0x00280100, "US", [8]),
  element(0x00280101, "US", [8]),
  element(0x00280102, "US", [7]),
];

/** A head that claims that many rows and columns of samples of 8 bits, in the way of JPEG; then a scan of nothing. */
function hugeJpeg(startOfFrame: number, side: number): Uint8Array<ArrayBuffer> {
  const [high, low] = [side >> 8, side & 255];
  const scan = startOfFrame === 0xf7 ? [0, 0, 0] : [1, 0, 0];
  return Uint8Array.of(
    ...[0xff, 0xd8, 0xff, startOfFrame, 0, 11, 8, high, low, high, low, 1, 1, 0x11, 0],
    ...[0xff, 0xda, 0, 8, 1, 1, 0, ...scan],
    ...new Uint8Array(streamLength),
    ...[0xff, 0xd9],
  );
}

/** A progressive JPEG of 5120 × 5120 pixels, whose 63 scans say of all blocks in 47 bytes that they are zero. */
function manyScansJpeg(): Uint8Array<ArrayBuffer> {
  const scans = Array.from({ length: 63 }, (_, i) => [
    ...[0xff, 0xda, 0, 8, 1, 1, 0, i + 1, i + 1, 0],
    // 25 runs of 16384 blocks, each a bit and 14 more.
    ...new Array(47).fill(0),
  ]);
  return Uint8Array.of(
    ...[0xff, 0xd8, 0xff, 0xdb, 0, 67, 0, ...new Array(64).fill(1)],
    ...[0xff, 0xfe, 0xf0, 0, ...new Array(0xf000 - 2).fill(0)],
    ...[0xff, 0xc2, 0, 11, 8, 5120 >> 8, 5120 & 255, 5120 >> 8, 5120 & 255, 1, 1, 0x11, 0],
    ...[0xff, 0xc4, 0, 20, 0x10, 1, ...new Array(15).fill(0), 0xe0],
    ...scans.flat(),
    ...[0xff, 0xd9],
  );
}

/** A head of JPEG 2000 that claims that many rows and columns of samples in one tile, which is empty. */
function hugeJpeg2000(side: number): Uint8Array<ArrayBuffer> {
  const size = [0, 0, side >> 8, side & 255];
  const zero = [0, 0, 0, 0];
  const head = [
    ...[0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0],
    ...[size, size, zero, zero, size, size, zero, zero].flat(),
    ...[0, 1, 7, 1, 1],
    ...[0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1],
    ...[0xff, 0x5c, 0, 19, 0x40, ...new Array(16).fill(0x40)],
    ...[0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, 0x93],
  ];
  return Uint8Array.of(...head, ...new Uint8Array(streamLength), 0xff, 0xd9);
}

/** A head of JPEG XL that claims that many rows and columns of grey samples of 8 bits. */
function hugeJpegXl(side: number): Uint8Array<ArrayBuffer> {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = 0; i < count; i++) bits.push((value >> i) & 1);
  };
  // Not in eighths; rows by the third way of 18 bits; a square; not all default; nothing extra;
  // integers of 8 bits; buffers of 16 bits; no channels; not XYB; colors not default, without ICC, grey.
  for (const [value, count] of [[0, 1], [2, 2], [side - 1, 18], [1, 3], [0, 1]]) {
    put(value!, count!);
  }
  for (const [value, count] of [[0, 1], [0, 1], [0, 2], [1, 1], [0, 2], [0, 1]]) {
    put(value!, count!);
  }
  for (const [value, count] of [[0, 1], [0, 1], [1, 2]]) put(value!, count!);
  const bytes = new Uint8Array(streamLength);
  bits.forEach((bit, i) => bytes[i >> 3]! |= bit << (i & 7));
  return Uint8Array.of(...JPEG_XL_MAGIC, ...bytes);
}

/** A frame of RLE whose header claims segments that start there. */
function rle(...starts: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = new Uint32Array(16);
  header.set([starts.length, ...starts]);
  return concat(new Uint8Array(header.buffer), new Uint8Array(400));
}

const openPerFrame = writeHead(0x52009230, "SQ", UNDEFINED_LENGTH, LITTLE);

/** Elements without a value, of the group of functional groups' contents. */
function emptyElements(count: number): Uint8Array<ArrayBuffer> {
  return concat(
    ...Array.from({ length: count }, (_, i) => writeHead(0x00209050 + i, "CS", 0, LITTLE)),
  );
}

/** Many copies of some bytes. */
function repeated(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes.length * count);
  for (let at = 0; at < all.length; at += bytes.length) all.set(bytes, at);
  return all;
}

/** A deflated instance whose dataset goes on with zeros. */
function inflateBomb(elements: readonly ElementSpec[], head: Uint8Array, zeros: number) {
  const before = elementsOf({ elements }).filter(({ tag }) => tag < 0x7fe00010);
  const dataset = concat(writeElements(before, LITTLE), head, new Uint8Array(zeros));
  return concat(
    new Uint8Array(128),
    latin1("DICM"),
    writeFileMeta(DEFLATED),
    deflateRaw(dataset, { level: 1 }),
  );
}

function withPreamble(start: string): Uint8Array<ArrayBuffer> {
  const object = slice({});
  object.set(latin1(start));
  return object;
}

const palette = (name: number, entries: number) => [
  element(0x00281101 + name, "US", [entries, 0, 8]),
  element(0x00281201 + name, "OW", new Uint8Array(entries)),
];

const compressedBombs: readonly {
  readonly syntax: string;
  readonly make: (side: number) => Uint8Array;
}[] = [
  { syntax: JPEG, make: (side) => hugeJpeg(0xc0, side) },
  { syntax: JPEG_LOSSLESS, make: (side) => hugeJpeg(0xc3, side) },
  { syntax: JPEG_LS, make: (side) => hugeJpeg(0xf7, side) },
  { syntax: JPEG_2000, make: hugeJpeg2000 },
  { syntax: JPEG_XL, make: hugeJpegXl },
];

const frames = (count: string) => element(0x00280008, "IS", count);

/** The classes of hostile instances. */
export const hostileSlices: readonly HostileSlice[] = [
  {
    name: "an element longer than its object",
    make: () => slice({ rest: writeHead(0x00091001, "UN", 0x7ffffff0, LITTLE) }),
    rule: /more than the limit of 67108864|claims 2147483632 bytes/,
  },
  {
    name: "an element a little longer than its object",
    make: () => slice({ rest: writeHead(0x00091001, "UN", 5000, LITTLE) }),
    rule: /claims 5000 bytes at byte \d+, where 0 are left|the object ends inside its header/,
  },
  {
    name: "sequences nested 100,000 deep",
    make: () => slice({ rest: repeated(concat(openSequence, item(UNDEFINED_LENGTH)), 100_000) }),
    rule: /nested deeper than 64/,
  },
  {
    name: "millions of items that hold nothing",
    make: () => slice({ rest: concat(openSequence, repeated(item(0), 2_000_000)) }),
    rule: /more than 1000000 elements/,
  },
  {
    name: "millions of items that hold an item's end each",
    make: () =>
      slice({
        rest: concat(openSequence, repeated(concat(item(UNDEFINED_LENGTH), itemEnd), 1_500_000)),
      }),
    rule: /more than 1000000 elements/,
  },
  {
    name: "millions of elements without a value",
    make: () => slice({ rest: repeated(writeHead(0x00091001, "LO", 0, LITTLE), 2_000_000) }),
    rule: /more than 5000 attributes/,
  },
  {
    name: "100,000 frames, and groups of elements without a value for each",
    make: () =>
      slice({
        rest: concat(
          writeElements([element(0x00280008, "IS", "100000")], LITTLE),
          openPerFrame,
          repeated(concat(item(31 * 8), emptyElements(31)), 100_000),
        ),
      }),
    rule: /more than 1131072 elements/,
  },
  {
    name: "nearly a million elements without a value in a sequence",
    make: () => {
      const items = repeated(concat(item(31 * 8), emptyElements(31)), 31_000);
      return slice({ elements: [element(0x00081140, "SQ", items)] });
    },
    rule: null,
  },
  {
    name: "stray delimiters without end",
    make: () => slice({ rest: concat(repeated(itemEnd, 2_000_000), new Uint8Array(3).fill(1)) }),
    rule: /too few for an element|ends inside its header/,
  },
  {
    name: "a header that inflates without end",
    make: () => inflateBomb([], writeHead(0x00280120, "UN", 0x7ffffff0, LITTLE), 80 * 2 ** 20),
    rule: /limit of 67108864/,
  },
  {
    name: "pixels that inflate to far more than the image",
    make: () => inflateBomb([], writeHead(0x7fe00010, "OW", 400 * 2 ** 20, LITTLE), 80 * 2 ** 20),
    rule: /inflates to more than 67108864 bytes/,
  },
  {
    name: "a frame of 65,535 × 65,535",
    make: () => slice({ elements: sized(65_535, 65_535) }),
    rule: /65535 × 65535 is more than 536870912 pixels/,
  },
  {
    name: "2,147,483,647 frames",
    make: () => slice({ elements: [frames("2147483647")] }),
    rule: /2147483647 frames are more than 100000/,
  },
  {
    name: "rows × columns × frames beyond 2^53, with 90,000 frames of 20,000 × 20,000",
    make: () => slice({ elements: [...sized(20_000, 20_000), frames("90000")] }),
    rule: /claims 90000 frames, which its 384 bytes of pixel data cannot hold/,
  },
  {
    name: "100,000 compressed frames in one fragment",
    make: () => compressed(RLE, [rle(64, 128)], [frames("100000")]),
    rule: /claims 100000 frames, which its \d+ bytes of pixel data cannot hold/,
  },
  ...[0, 7, 12, 24, 65_535].map((bits) => ({
    name: `${bits} bits allocated`,
    make: () => slice({ elements: [element(0x00280100, "US", [bits])] }),
    rule: new RegExp(`cells of ${bits} bits`),
  })),
  {
    name: "more bits stored than allocated",
    make: () => slice({ elements: [element(0x00280101, "US", [40_000])] }),
    rule: /Bits Stored of 40000/,
  },
  {
    name: "1,000 samples a pixel",
    make: () => slice({ elements: [element(0x00280002, "US", [1000])] }),
    rule: /Samples per Pixel of 1000/,
  },
  {
    name: "RLE segments that start beyond their frame",
    make: () => compressed(RLE, [rle(64, 0xfffffff0)]),
    rule: /RLE segment 0 lies outside its frame/,
  },
  {
    name: "RLE segments that start inside their table",
    make: () => compressed(RLE, [rle(4, 64)]),
    rule: /RLE segment 0 lies outside its frame/,
  },
  {
    name: "RLE segments that go back",
    make: () => compressed(RLE, [rle(300, 100)]),
    rule: /RLE segment 0 lies outside its frame/,
  },
  {
    name: "4,294,967,295 RLE segments",
    make: () => {
      const frame = rle(64, 128);
      frame.set([255, 255, 255, 255]);
      return compressed(RLE, [frame]);
    },
    rule: /has 4294967295 segments, its image needs 2/,
  },
  {
    name: "an RLE frame too large for its bytes",
    make: () => compressed(RLE, [rle(64, 128)], sized(20_000, 20_000)),
    rule: /464 bytes cannot hold its image/,
  },
  {
    name: "a basic offset table that turns in circles",
    make: () => compressed(RLE, [rle(64, 1000), rle(64, 1000)], [frames("2")], [0, 0]),
    rule: /RLE segment/,
  },
  {
    name: "a basic offset table that points beyond the object",
    make: () => compressed(RLE, [rle(64, 1000), rle(64, 1000)], [frames("2")], [0, 0xfffffff0]),
    rule: /RLE segment/,
  },
  {
    name: "an extended offset table that points beyond the object",
    make: () =>
      compressed(RLE, [rle(64, 1000), rle(64, 1000)], [
        frames("2"),
        element(0x7fe00001, "OV", new Uint8Array(new BigUint64Array([0n, 2n ** 63n]).buffer)),
        element(0x7fe00002, "OV", new Uint8Array(new BigUint64Array([464n, 464n]).buffer)),
      ]),
    rule: /RLE segment/,
  },
  {
    name: "millions of fragments that hold nothing",
    make: () => {
      const value = concat(repeated(item(0), 2_000_000), writeHead(0xfffee0dd, "", 0, LITTLE));
      const pixels = element(0x7fe00010, "OB", value, { undefinedLength: true });
      return slice({ transferSyntaxUID: RLE, elements: [pixels] });
    },
    rule: /in more than 100008 fragments/,
  },
  {
    name: "a fragment longer than its object",
    make: () => {
      const object = compressed(RLE, [rle(64, 300)]);
      const view = new DataView(object.buffer);
      view.setUint32(object.length - 8 - 464 - 4, 0x7ffffff0, true);
      return object;
    },
    rule: /a fragment ends at byte \d+/,
  },
  ...compressedBombs.map(({ syntax, make }) => ({
    name: `a stream of 50 KB that claims 400 million pixels in ${syntax}`,
    make: () => compressed(syntax, [make(20_000)], [...sized(20_000, 20_000), ...eightBits]),
    rule: /bytes cannot/,
  })),
  ...compressedBombs.map(({ syntax, make }) => ({
    name: `a stream of 50 KB that claims 16 million pixels in ${syntax}`,
    make: () => compressed(syntax, [make(4096)], [...sized(4096, 4096), ...eightBits]),
    // Packets of zeros are a blank image.
    rule: syntax === JPEG_2000
      ? null
      : /is corrupt|bytes cannot|does not define its quantization table/,
  })),
  {
    name: "a progressive JPEG of many scans that hold nothing",
    make: () => compressed(JPEG, [manyScansJpeg()], [...sized(5120, 5120), ...eightBits]),
    rule: /goes over its 409600 blocks in 21 scans or more/,
  },
  ...[["MZ\x90\0", "Windows"], ["\x7fELF", "Linux"], ["\xcf\xfa\xed\xfe", "macOS"]].map(
    ([start, system]) => ({
      name: `a preamble that is a program for ${system}`,
      make: () => withPreamble(start!),
      rule: new RegExp(`preamble is that of a ${system} program`),
    }),
  ),
  {
    name: "a preamble that is a TIFF file's, which is allowed",
    make: () => withPreamble("II*\0"),
    rule: null,
  },
  {
    name: "palette indices beyond the table, which stand for its last color",
    make: () =>
      slice({
        elements: [
          element(0x00280004, "CS", "PALETTE COLOR"),
          ...[0, 1, 2].flatMap((name) => palette(name, 4)),
          element(0x7fe00010, "OW", new Uint8Array(16 * 12 * 2).fill(0xff)),
        ],
      }),
    rule: null,
  },
  {
    name: "a UID that is a path, with NUL and control characters",
    make: () =>
      slice({
        elements: [
          element(0x00080018, "UI", "../../../etc/\x1b[2J\x00\x07passwd"),
          element(0x0008103e, "LO", "\x1b]0;owned\x07\x9b31m"),
        ],
      }),
    rule: null,
  },
];
