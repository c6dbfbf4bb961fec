import { seededRandom } from "../tests/support/random.ts";

/** A kind of header that {@linkcode makeScannerHeader} makes. */
export interface ScannerHeader {
  /** Private elements of text, numbers and bytes in turn. */
  readonly privateElements: number;
  /** Bytes of each long private value, which no two instances share. */
  readonly binaryBytes: number;
  /** Items of the sequence of referenced images. */
  readonly references: number;
}

/** Headers of 200 attributes and 4.5 KB, as a CT writes them. */
export const plainHeader: ScannerHeader = {
  privateElements: 124,
  binaryBytes: 190,
  references: 3,
};

/** Headers of 300 attributes and 9 KB. */
export const longHeader: ScannerHeader = {
  privateElements: 237,
  binaryBytes: 700,
  references: 9,
};

/** Bytes of the pixels that a header tells of: 512×512 of 16 bits. */
export const pixelBytes = 2 * 512 * 512;

const longVRs = new Set(["OB", "SQ", "UN", "UT"]);
const encoder = new TextEncoder();
/** Every header is written here, so that the writing leaves no garbage to count. */
const room = new Uint8Array(64 * 1024);
const view = new DataView(room.buffer);
let at = 0;

function head(tag: number, vr: string, length: number): void {
  view.setUint16(at, tag >>> 16, true);
  view.setUint16(at + 2, tag & 0xffff, true);
  encoder.encodeInto(vr, room.subarray(at + 4));
  if (longVRs.has(vr)) {
    view.setUint16(at + 6, 0, true);
    view.setUint32(at + 8, length, true);
    at += 12;
  } else {
    view.setUint16(at + 6, length, true);
    at += 8;
  }
}

function text(tag: number, vr: string, value: string): void {
  const length = value.length + value.length % 2;
  head(tag, vr, length);
  encoder.encodeInto(value, room.subarray(at));
  if (value.length < length) room[at + value.length] = vr === "UI" ? 0 : 0x20;
  at += length;
}

function uint16(tag: number, value: number): void {
  head(tag, "US", 2);
  view.setUint16(at, value, true);
  at += 2;
}

function double(tag: number, value: number): void {
  head(tag, "FD", 8);
  view.setFloat64(at, value, true);
  at += 8;
}

function bytes(tag: number, vr: string, length: number, random: () => number): void {
  head(tag, vr, length);
  for (const end = at + length; at < end; at++) room[at] = random() * 256;
}

/** A sequence whose items are written by a function of their number. */
function sequence(tag: number, items: number, write: (item: number) => void): void {
  head(tag, "SQ", 0);
  const start = at;
  for (let item = 0; item < items; item++) {
    view.setUint32(at, 0xe000fffe, true);
    at += 8;
    const content = at;
    write(item);
    view.setUint32(content - 4, at - content, true);
  }
  view.setUint32(start - 4, at - start, true);
}

const root = "1.2.840.113619.2.55.3.604688119";

/** Attributes that are the same in all instances of a series, by tag. */
const constant: readonly (readonly [tag: number, vr: string, value: string | number])[] = [
  [0x00080005, "CS", "ISO_IR 100"],
  [0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL"],
  [0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"],
  [0x00080020, "DA", "20240117"],
  [0x00080021, "DA", "20240117"],
  [0x00080030, "TM", "101512"],
  [0x00080031, "TM", "101733.115"],
  [0x00080050, "SH", "A1020304"],
  [0x00080060, "CS", "CT"],
  [0x00080070, "LO", "A maker of scanners"],
  [0x00080080, "LO", "A hospital"],
  [0x00080090, "PN", "Referring^Physician"],
  [0x00081010, "SH", "CT01"],
  [0x00081030, "LO", "CT CHEST W CONTRAST"],
  [0x0008103e, "LO", "CHEST 1.25 STANDARD"],
  [0x00081090, "LO", "Scanner 64"],
  [0x00100010, "PN", "Generated^Patient"],
  [0x00100020, "LO", "G-0001"],
  [0x00100030, "DA", "19600101"],
  [0x00100040, "CS", "F"],
  [0x00101010, "AS", "064Y"],
  [0x00180010, "LO", "CONTRAST"],
  [0x00180015, "CS", "CHEST"],
  [0x00180050, "DS", "1.25"],
  [0x00180060, "DS", "120"],
  [0x00180090, "DS", "500"],
  [0x00181020, "LO", "07MW11.10"],
  [0x00181030, "LO", "5.1 ROUTINE CHEST"],
  [0x00181100, "DS", "360"],
  [0x00181110, "DS", "949.075"],
  [0x00181111, "DS", "541"],
  [0x00181120, "DS", "0"],
  [0x00181140, "CS", "CW"],
  [0x00181150, "IS", "500"],
  [0x00181160, "SH", "BODY FILTER"],
  [0x00181190, "DS", "0.7"],
  [0x00181210, "SH", "STANDARD"],
  [0x00185100, "CS", "FFS"],
  [0x0020000d, "UI", `${root}.1.20240117`],
  [0x0020000e, "UI", `${root}.2.20240117`],
  [0x00200010, "SH", "7"],
  [0x00200011, "IS", "2"],
  [0x00200012, "IS", "1"],
  [0x00200037, "DS", "1\\0\\0\\0\\1\\0"],
  [0x00200052, "UI", `${root}.3.20240117`],
  [0x00280002, "US", 1],
  [0x00280004, "CS", "MONOCHROME2"],
  [0x00280010, "US", 512],
  [0x00280011, "US", 512],
  [0x00280030, "DS", "0.683594\\0.683594"],
  [0x00280100, "US", 16],
  [0x00280101, "US", 16],
  [0x00280102, "US", 15],
  [0x00280103, "US", 1],
  [0x00281050, "DS", "40"],
  [0x00281051, "DS", "400"],
  [0x00281052, "DS", "-1024"],
  [0x00281053, "DS", "1"],
  [0x00430010, "LO", "A MAKER 01"],
];

/** How many of the constant attributes are written. */
let written = 0;

/** Writes the constant attributes up to a tag, so that all stand in order. */
function constantUpTo(end: number): void {
  for (; written < constant.length && constant[written]![0] < end; written++) {
    const [tag, vr, value] = constant[written]!;
    if (typeof value === "number") uint16(tag, value);
    else text(tag, vr, value);
  }
}

/**
 * Makes the header of an axial slice as a scanner writes it, up to its pixels: explicit VR little
 * endian, a third of the attributes different in every instance, sequences in a sequence, and long
 * private values of bytes.
 *
 * @param number The instance's, from 0.
 */
export function makeScannerHeader(number: number, kind: ScannerHeader): Uint8Array<ArrayBuffer> {
  const random = seededRandom(number);
  const uid = `${root}.4.${1_000_000 + number * 7919}`;
  const seconds = (20 + number / 500).toFixed(6);
  at = 128;
  at += encoder.encodeInto("DICM", room.subarray(at)).written;
  const meta = at;
  head(0x00020000, "UL", 4);
  at += 4;
  text(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.2");
  text(0x00020003, "UI", uid);
  text(0x00020010, "UI", "1.2.840.10008.1.2.1");
  view.setUint32(meta + 8, at - meta - 12, true);
  written = 0;
  constantUpTo(0x00080018);
  text(0x00080018, "UI", uid);
  constantUpTo(0x00080032);
  text(0x00080032, "TM", `1018${seconds}`);
  text(0x00080033, "TM", `1019${seconds}`);
  constantUpTo(0x00081140);
  sequence(0x00081140, kind.references, (item) => {
    text(0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2");
    text(0x00081155, "UI", `${uid}.${item}`);
    sequence(0x0040a170, 1, () => {
      text(0x00080100, "SH", "121311");
      text(0x00080104, "LO", "Localizer");
    });
  });
  constantUpTo(0x00181151);
  text(0x00181151, "IS", String(100 + Math.floor(random() * 300)));
  text(0x00181152, "IS", String(10 + Math.floor(random() * 30)));
  constantUpTo(0x00189345);
  double(0x00189345, 10 + random());
  constantUpTo(0x00200013);
  text(0x00200013, "IS", String(number + 1));
  text(0x00200032, "DS", `-175.3\\-170.2\\${(1000 - number * 0.625).toFixed(3)}`);
  constantUpTo(0x00201041);
  text(0x00201041, "DS", (1000 - number * 0.625).toFixed(3));
  constantUpTo(0x00431000);
  for (let i = 0; i < kind.privateElements; i++) {
    const tag = 0x00431000 + i;
    // Every third is different in every instance.
    const value = i % 3 === 0 ? number : 0;
    switch (i % 8) {
      case 0:
      case 1:
        text(tag, "DS", (value * 0.37 + i).toFixed(4));
        break;
      case 2:
        text(tag, "LO", `value ${i}`);
        break;
      case 3:
        text(tag, "SH", `V${value}`);
        break;
      case 4:
        text(tag, "IS", String(value + i));
        break;
      case 5:
        text(tag, "CS", `MODE_${i}`);
        break;
      case 6:
        double(tag, value / 7 + i);
        break;
      default:
        uint16(tag, (value + i) & 0xffff);
    }
  }
  for (let i = 0; i < 4; i++) bytes(0x004310f0 + i, i % 2 ? "UN" : "OB", kind.binaryBytes, random);
  head(0x7fe00010, "OB", 0);
  room.set(encoder.encode("OW"), at - 8);
  view.setUint32(at - 4, pixelBytes, true);
  return room.slice(0, at);
}
