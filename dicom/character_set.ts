/** How one coded character set of PS3.3 C.12.1.1.2 is decoded. */
interface CodedSet {
  /** Label for `TextDecoder`. */
  readonly label: string;
  /** Turns the set's bytes into those that the label's decoder takes; as they are by default. */
  readonly convert?: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Labels of the sets used without code extensions, which are the initial state with them.
 *
 * WHATWG decoders read ISO 8859-1 and 8859-9 as Windows 1252 and 1254, which
 * differ in the C1 control codes alone: none is a character of the DICOM set.
 */
const initialLabels = new Map([
  ["", "windows-1252"],
  ["IR 6", "windows-1252"],
  ["IR 100", "iso-8859-1"],
  ["IR 101", "iso-8859-2"],
  ["IR 109", "iso-8859-3"],
  ["IR 110", "iso-8859-4"],
  ["IR 144", "iso-8859-5"],
  ["IR 127", "iso-8859-6"],
  ["IR 126", "iso-8859-7"],
  ["IR 138", "iso-8859-8-i"],
  ["IR 148", "iso-8859-9"],
  ["IR 203", "iso-8859-15"],
  ["IR 13", "shift_jis"],
  ["IR 166", "windows-874"],
  // Sets of two bytes in G1, in force without an escape where the first value names them.
  ["IR 149", "euc-kr"],
  ["IR 58", "gbk"],
]);

/** Sets that stand alone, without code extensions. */
const multiByteLabels = new Map([
  ["IR 192", "utf-8"],
  ["GB18030", "gb18030"],
  ["GBK", "gbk"],
]);

const eightBit = (bytes: Uint8Array): Uint8Array =>
  // The space is no part of a two-byte set, and keeps its place beside one.
  bytes.map((byte) => byte > 0x20 ? byte | 0x80 : byte);
const withShift = (bytes: Uint8Array): Uint8Array => {
  // EUC-JP reaches JIS X 0212 by a single shift before each character.
  const odd = bytes.length % 2;
  const shifted = new Uint8Array((bytes.length - odd) * 1.5 + odd).fill(0x8f);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    shifted.set([0x8f, bytes[i]! | 0x80, bytes[i + 1]! | 0x80], i * 1.5);
  }
  return shifted;
};

/** Escape sequences (PS3.3 tables C.12-3 and C.12-4): what they designate, to G0 or G1. */
const escapes: readonly {
  readonly sequence: string;
  readonly register: "G0" | "G1";
  readonly set: CodedSet | null;
}[] = [
  { sequence: "(B", register: "G0", set: null },
  { sequence: "(J", register: "G0", set: null },
  { sequence: "$B", register: "G0", set: { label: "euc-jp", convert: eightBit } },
  { sequence: "$@", register: "G0", set: { label: "euc-jp", convert: eightBit } },
  { sequence: "$(D", register: "G0", set: { label: "euc-jp", convert: withShift } },
  { sequence: "$)C", register: "G1", set: { label: "euc-kr" } },
  { sequence: "$)A", register: "G1", set: { label: "gbk" } },
  { sequence: ")I", register: "G1", set: { label: "shift_jis" } },
  { sequence: "-A", register: "G1", set: { label: "iso-8859-1" } },
  { sequence: "-B", register: "G1", set: { label: "iso-8859-2" } },
  { sequence: "-C", register: "G1", set: { label: "iso-8859-3" } },
  { sequence: "-D", register: "G1", set: { label: "iso-8859-4" } },
  { sequence: "-L", register: "G1", set: { label: "iso-8859-5" } },
  { sequence: "-G", register: "G1", set: { label: "iso-8859-6" } },
  { sequence: "-F", register: "G1", set: { label: "iso-8859-7" } },
  { sequence: "-H", register: "G1", set: { label: "iso-8859-8-i" } },
  { sequence: "-M", register: "G1", set: { label: "iso-8859-9" } },
  { sequence: "-b", register: "G1", set: { label: "iso-8859-15" } },
  { sequence: "-T", register: "G1", set: { label: "windows-874" } },
];

/** The byte that starts an escape sequence. */
export const escape = 0x1b;
/** TAB, LF, FF, CR and the backslash: after them the initial sets are in force again (PS3.5 section 6.1.2.5.3). */
const resets: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x5c]);
/** So they are after the delimiters of a name, `^` and `=`. */
const nameResets: ReadonlySet<number> = new Set([...resets, 0x5e, 0x3d]);

/** Options of {@linkcode decodeText}. */
export interface DecodeTextOptions {
  /** Whether the text is of VR PN, in which `^` and `=` delimit. */
  readonly personName?: boolean | undefined;
}

const decoders = new Map<string, TextDecoder>();

function decodeAs(label: string, bytes: Uint8Array): string {
  let decoder = decoders.get(label);
  if (decoder === undefined) {
    decoders.set(label, decoder = new TextDecoder(label, { ignoreBOM: true }));
  }
  return decoder.decode(bytes);
}

/**
 * Decodes text by the values of Specific Character Set (0008,0005)
 * (PS3.3 C.12.1.1.2), code extensions by ISO 2022 included.
 *
 * Bytes that the set does not have become U+FFFD; a set that is not known is
 * read as ISO 8859-1.
 *
 * @param bytes The encoded text.
 * @param characterSets The attribute's values, empty for the default repertoire.
 * @param options Whether the text is a person's name.
 *
 * @example
 * ```ts
 * import { decodeText } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodeText(new Uint8Array([0xbb, 0xee, 0xda]), ["ISO_IR 144"]), "Люк");
 * ```
 */
export function decodeText(
  bytes: Uint8Array,
  characterSets: readonly string[],
  options: DecodeTextOptions = {},
): string {
  if (isPlainText(bytes, 0, bytes.length)) return decodeAs("utf-8", bytes);
  const name = plainName(characterSets[0] ?? "");
  const multiByte = multiByteLabels.get(name);
  if (multiByte !== undefined) return decodeAs(multiByte, bytes);
  const own = initialLabels.has(name) && name !== "" && name !== "IR 6";
  const initial = { label: own ? initialLabels.get(name)! : labelBeside(characterSets) };
  if (!bytes.includes(escape)) return decodeAs(initial.label, bytes);
  return decodeExtended(bytes, initial, own, options.personName ? nameResets : resets);
}

/** Whether bytes are ASCII without an escape sequence, which is the same in all character sets. */
export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80 || byte === escape) return false;
  }
  return true;
}

/**
 * The label by which to read bytes of 128 and above that no escape sequence is before, where the first
 * set has none of them: writers leave out the escape of a set that stands beside it.
 */
function labelBeside([, ...others]: readonly string[]): string {
  const known = others.map((term) => initialLabels.get(plainName(term)));
  return known.find((label) => label !== undefined) ?? "windows-1252";
}

/**
 * A defined term as the tables here have it. Writers vary the separators ("ISO-IR 100",
 * "ISO IR 192", "ISO2022 IR 87"), and a correction of the standard wrote "ISO 2022 GBK" and
 * "ISO 2022 58".
 */
function plainName(term: string): string {
  const match = /^ISO[ _-]?(?:2022[ _-])?(?:IR[ _-]?)?(\d+|GBK|GB18030)$/i.exec(term);
  if (match === null) return term;
  return /^\d/.test(match[1]!) ? `IR ${match[1]}` : match[1]!.toUpperCase();
}

/**
 * Decodes run by run: from one escape sequence, or reset, to the next.
 *
 * @param own Whether the initial set has characters of its own in G1.
 */
function decodeExtended(
  bytes: Uint8Array,
  initial: CodedSet,
  own: boolean,
  resets: ReadonlySet<number>,
): string {
  let text = "";
  let g0: CodedSet | null = null;
  let g1 = initial;
  let start = 0;
  const flush = (end: number) => {
    if (end > start) text += decodeRun(bytes.subarray(start, end), g0, g1, own || g1 !== initial);
    start = end;
  };
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === escape) {
      flush(i);
      const rest = String.fromCharCode(...bytes.subarray(i + 1, i + 4));
      const found = escapes.find(({ sequence }) => rest.startsWith(sequence));
      if (found === undefined) continue;
      if (found.register === "G0") g0 = found.set;
      else g1 = found.set ?? initial;
      start = i + 1 + found.sequence.length;
      i = start - 1;
    } else if (g0 === null && resets.has(byte)) {
      flush(i);
      if (own) g1 = initial;
    } else if (g0 !== null && (byte === 0x0a || byte === 0x0d || byte === 0x0c || byte === 0x09)) {
      // No byte of a two-byte set is a control character: the line ends here.
      flush(i);
      g0 = null;
      if (own) g1 = initial;
    }
  }
  flush(bytes.length);
  return text;
}

/**
 * Decodes bytes that are in the same sets. Those of 128 and above are of G1; where no set is there,
 * they are taken for G0 with the high bit set, as some writers have it.
 */
function decodeRun(
  bytes: Uint8Array,
  g0: CodedSet | null,
  g1: CodedSet,
  hasG1: boolean,
): string {
  if (g0 === null) return decodeAs(g1.label, bytes);
  const { label, convert } = g0;
  const decodeG0 = (run: Uint8Array) => decodeAs(label, convert ? convert(run) : run);
  if (!hasG1) return decodeG0(bytes);
  let text = "";
  let start = 0;
  for (let end = 1; end <= bytes.length; end++) {
    const high = bytes[start]! >= 0x80;
    if (end < bytes.length && bytes[end]! >= 0x80 === high) continue;
    const run = bytes.subarray(start, end);
    text += high ? decodeAs(g1.label, run) : decodeG0(run);
    start = end;
  }
  return text;
}
