import { deflateRaw } from "pako";

/** How elements are written. */
export interface Encoding {
  readonly explicitVR: boolean;
  readonly littleEndian: boolean;
}

/** A value to write: bytes as they are, text in Latin-1, numbers by VR, or the items of a sequence. */
export type Value =
  | Uint8Array
  | string
  | readonly number[]
  | readonly bigint[]
  | readonly (readonly ElementSpec[])[];

/** An element to write. */
export interface ElementSpec {
  readonly tag: number;
  readonly vr: string;
  readonly value: Value;
  /** Whether a sequence, or pixel data already in fragments, is of undefined length. */
  readonly undefinedLength?: boolean;
  /** Whether the items of a sequence are. */
  readonly undefinedItems?: boolean;
  /** A length to claim in place of the true one. */
  readonly claimedLength?: number;
}

/** Describes an element. */
export function element(
  tag: number,
  vr: string,
  value: Value,
  form: Omit<ElementSpec, "tag" | "vr" | "value"> = {},
): ElementSpec {
  return { tag, vr, value, ...form };
}

export const IMPLICIT = "1.2.840.10008.1.2";
export const EXPLICIT = "1.2.840.10008.1.2.1";
export const BIG_ENDIAN = "1.2.840.10008.1.2.2";
export const DEFLATED = "1.2.840.10008.1.2.1.99";
export const RLE = "1.2.840.10008.1.2.5";

/** All syntaxes in which the whole dataset is deflated. */
const DEFLATED_SYNTAXES = new Set([
  DEFLATED,
  "1.2.840.10008.1.2.4.95",
  "1.2.840.10008.1.2.4.205",
]);

/** The length that stands for none. */
export const UNDEFINED_LENGTH = 0xffffffff;

const LITTLE: Encoding = { explicitVR: true, littleEndian: true };
const IMPLICIT_LITTLE: Encoding = { explicitVR: false, littleEndian: true };
const LONG_VRS = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));
const NUMBER_SIZES: Readonly<Record<string, number>> = {
  US: 2,
  SS: 2,
  AT: 2,
  OW: 2,
  UL: 4,
  SL: 4,
  FL: 4,
  FD: 8,
  UV: 8,
  SV: 8,
};

/** How a transfer syntax writes elements. */
export function encodingOf(transferSyntaxUID: string): Encoding {
  return {
    explicitVR: transferSyntaxUID !== IMPLICIT,
    littleEndian: transferSyntaxUID !== BIG_ENDIAN,
  };
}

/** Joins bytes. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** The bytes of a text of code points up to 255. */
export function latin1(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** An element's head: tag, VR and length. */
export function writeHead(
  tag: number,
  vr: string,
  length: number,
  encoding: Encoding,
): Uint8Array<ArrayBuffer> {
  const { explicitVR, littleEndian } = encoding;
  const bare = !explicitVR || tag >>> 16 === 0xfffe;
  const long = LONG_VRS.has(vr);
  const head = new Uint8Array(!bare && long ? 12 : 8);
  const view = new DataView(head.buffer);
  view.setUint16(0, tag >>> 16, littleEndian);
  view.setUint16(2, tag & 0xffff, littleEndian);
  if (bare) {
    view.setUint32(4, length, littleEndian);
    return head;
  }
  head.set(latin1(vr), 4);
  if (long) view.setUint32(8, length, littleEndian);
  else view.setUint16(6, length, littleEndian);
  return head;
}

/** Writes elements one after another. */
export function writeElements(
  elements: readonly ElementSpec[],
  encoding: Encoding,
): Uint8Array<ArrayBuffer> {
  return concat(...elements.map((each) => writeElement(each, encoding)));
}

function writeElement(spec: ElementSpec, encoding: Encoding): Uint8Array {
  const { tag, vr, undefinedLength = false } = spec;
  const value = padded(writeValue(spec, encoding), vr);
  const length = undefinedLength ? UNDEFINED_LENGTH : spec.claimedLength ?? value.length;
  const inside = vr === "UN" ? IMPLICIT_LITTLE : encoding;
  const end = undefinedLength ? writeHead(0xfffee0dd, "", 0, inside) : new Uint8Array(0);
  return concat(writeHead(tag, vr, length, encoding), value, end);
}

function writeValue(spec: ElementSpec, encoding: Encoding): Uint8Array {
  const { vr, value, undefinedLength, undefinedItems = false } = spec;
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return latin1(value);
  if (vr === "SQ" || (vr === "UN" && undefinedLength)) {
    // What is in UN of undefined length is implicit VR little endian (PS3.5 section 6.2.2).
    const inside = vr === "UN" ? IMPLICIT_LITTLE : encoding;
    const items = value as readonly (readonly ElementSpec[])[];
    return concat(...items.map((item) => writeItem(item, inside, undefinedItems)));
  }
  return writeNumbers(vr, value as readonly (number | bigint)[], encoding.littleEndian);
}

function writeItem(
  elements: readonly ElementSpec[],
  encoding: Encoding,
  undefinedLength: boolean,
): Uint8Array {
  const content = writeElements(elements, encoding);
  const length = undefinedLength ? UNDEFINED_LENGTH : content.length;
  const end = undefinedLength ? writeHead(0xfffee00d, "", 0, encoding) : new Uint8Array(0);
  return concat(writeHead(0xfffee000, "", length, encoding), content, end);
}

function writeNumbers(
  vr: string,
  numbers: readonly (number | bigint)[],
  littleEndian: boolean,
): Uint8Array {
  const size = NUMBER_SIZES[vr]!;
  const view = new DataView(new ArrayBuffer(numbers.length * size));
  numbers.forEach((number, i) => {
    const at = i * size;
    if (vr === "FL") view.setFloat32(at, Number(number), littleEndian);
    else if (vr === "FD") view.setFloat64(at, Number(number), littleEndian);
    else if (size === 8) view.setBigInt64(at, BigInt(number), littleEndian);
    else if (size === 4) view.setInt32(at, Number(number), littleEndian);
    else view.setInt16(at, Number(number), littleEndian);
  });
  return new Uint8Array(view.buffer);
}

/** Values are of even length: UIDs and bytes are padded with NUL, text with a space. */
function padded(value: Uint8Array, vr: string): Uint8Array {
  if (value.length % 2 === 0) return value;
  const pad = vr === "UI" || vr === "OB" || vr === "UN" ? 0 : 0x20;
  return concat(value, Uint8Array.of(pad));
}

/** The fragments of encapsulated pixel data, the offset table first, without the end. */
export function writeFragments(
  fragments: readonly Uint8Array[],
  offsetTable: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(Uint32Array.from(offsetTable).buffer);
  const item = (bytes: Uint8Array) => {
    const value = padded(bytes, "OB");
    return concat(writeHead(0xfffee000, "", value.length, LITTLE), value);
  };
  return concat(...[table, ...fragments].map(item));
}

/** How an instance is written. */
export interface InstanceForm {
  /** Explicit VR Little Endian by default. */
  readonly transferSyntaxUID?: string;
  /** Whether the 128 bytes and `DICM` come first; so by default. */
  readonly preamble?: boolean;
  /** Whether group 0002 comes before the dataset; so by default. */
  readonly meta?: boolean;
}

/** Writes the file meta information of PS3.10 section 7.1, group length first. */
export function writeFileMeta(transferSyntaxUID: string): Uint8Array<ArrayBuffer> {
  const rest = writeElements([
    element(0x00020001, "OB", Uint8Array.of(0, 1)),
    element(0x00020002, "UI", "1.2.840.10008.5.1.4.1.1.7"),
    element(0x00020003, "UI", "1.2.3.4.5"),
    element(0x00020010, "UI", transferSyntaxUID),
    element(0x00020012, "UI", "1.2.3"),
  ], LITTLE);
  return concat(writeElements([element(0x00020000, "UL", [rest.length])], LITTLE), rest);
}

/** Writes an instance. */
export function writeInstance(
  elements: readonly ElementSpec[],
  form: InstanceForm = {},
): Uint8Array<ArrayBuffer> {
  const { transferSyntaxUID = EXPLICIT, preamble = true, meta = true } = form;
  const plain = writeElements(elements, encodingOf(transferSyntaxUID));
  let dataset: Uint8Array = plain;
  if (DEFLATED_SYNTAXES.has(transferSyntaxUID)) {
    const deflated = deflateRaw(plain);
    dataset = deflated.length % 2 === 0 ? deflated : concat(deflated, new Uint8Array(1));
  }
  return concat(
    preamble ? concat(new Uint8Array(128), latin1("DICM")) : new Uint8Array(0),
    meta ? writeFileMeta(transferSyntaxUID) : new Uint8Array(0),
    dataset,
  );
}
