import { assertEquals } from "@std/assert";
import {
  decodeText,
  parseHeader,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { concat, element, latin1, writeInstance } from "../support/dicom_fixtures.ts";
import { samplePixels } from "./sample_instances.ts";

const ESC = "\x1b";

/** Decodes a text whose bytes are written as code points up to 255. */
function decode(text: string, sets: readonly string[], personName = false): string {
  return decodeText(latin1(text), sets, { personName });
}

/** Reads values back through an instance that is in those character sets. */
async function readBack(
  vr: string,
  bytes: Uint8Array,
  sets: readonly string[],
): Promise<unknown> {
  const object = writeInstance([
    element(0x00080005, "CS", sets.join("\\")),
    element(0x00091001, vr, bytes),
    samplePixels(),
  ]);
  const result = parseHeader(object);
  if (!result.complete) throw new Error("the header is cut");
  return toAttributeValues(await readAttributes(result.header))["00091001"];
}

/** PS3.3 table C.12-2: each set alone, by its defined term. */
const SINGLE_BYTE: readonly (readonly [term: string, hex: string, text: string])[] = [
  ["", "4275632d", "Buc-"],
  ["ISO_IR 6", "4a6f686e", "John"],
  ["ISO_IR 100", "c46e6561735e52fc6469676572", "Äneas^Rüdiger"],
  ["ISO_IR 101", "5761b3ea7361", "Wałęsa"],
  ["ISO_IR 109", "e66170656c6f20b1", "ĉapelo ħ"],
  ["ISO_IR 110", "c0626f6c69f1b9", "Āboliņš"],
  ["ISO_IR 144", "bbeeda6365dcd17970d3", "Люкceмбypг"],
  ["ISO_IR 127", "e2c8c7e6ea5ee4e6d2c7d1", "قباني^لنزار"],
  ["ISO_IR 126", "c4e9efedf5f3e9eff2", "Διονυσιος"],
  ["ISO_IR 138", "f9f8e5ef5ee3e1e5f8e4", "שרון^דבורה"],
  ["ISO_IR 148", "c7617675fe6ff06c75", "Çavuşoğlu"],
  ["ISO_IR 203", "bd7576726520a4", "œuvre €"],
  ["ISO_IR 13", "d4cfc0de5ec0dbb3", "ﾔﾏﾀﾞ^ﾀﾛｳ"],
  ["ISO_IR 166", "c0d2c9d2e4b7c2", "ภาษาไทย"],
];

for (const [term, hex, text] of SINGLE_BYTE) {
  Deno.test(`Text in ${term || "the default repertoire"} is decoded`, () => {
    assertEquals(decodeText(Uint8Array.fromHex(hex), [term]), text);
    // The same set with code extensions, of which none is used (table C.12-3).
    const extended = term.replace("ISO_IR", "ISO 2022 IR");
    assertEquals(decodeText(Uint8Array.fromHex(hex), [extended]), text);
  });
}

Deno.test("Text of no Specific Character Set is read as Latin-1 where it is not ASCII", () => {
  assertEquals(decode("Buc^J\xe9r\xf4me", []), "Buc^Jérôme");
  assertEquals(decode("Buc^J\xe9r\xf4me", ["ISO_IR 999"]), "Buc^Jérôme");
});

Deno.test("Terms that are written with other separators are understood", () => {
  const text = new TextEncoder().encode("Äneas");
  for (const term of ["ISO_IR 192", "ISO IR 192", "ISO-IR 192", "iso_ir 192", "ISO_IR192"]) {
    assertEquals(decodeText(text, [term]), "Äneas");
  }
  assertEquals(decode("\xbb\xee\xda", ["ISO 2022-IR 144"]), "Люк");
});

Deno.test("The terms that a correction of the standard had are understood", () => {
  assertEquals(decode("\xcd\xf5", ["ISO 2022 GBK"]), "王");
  assertEquals(decode("\xcd\xf5", ["ISO 2022 GB18030"]), "王");
  assertEquals(decode(`${ESC}$)A\xcd\xf5`, ["", "ISO 2022 58"]), "王");
  assertEquals(decode("\xcd\xf5", ["ISO 2022 58"]), "王");
});

Deno.test("Each set is reached by its escape sequence (table C.12-3)", () => {
  const escapes: readonly (readonly [string, string])[] = [
    ["ISO_IR 100", "-A"],
    ["ISO_IR 101", "-B"],
    ["ISO_IR 109", "-C"],
    ["ISO_IR 110", "-D"],
    ["ISO_IR 144", "-L"],
    ["ISO_IR 127", "-G"],
    ["ISO_IR 126", "-F"],
    ["ISO_IR 138", "-H"],
    ["ISO_IR 148", "-M"],
    ["ISO_IR 203", "-b"],
    ["ISO_IR 13", ")I"],
    ["ISO_IR 166", "-T"],
  ];
  for (const [term, escape] of escapes) {
    const [, hex, text] = SINGLE_BYTE.find(([each]) => each === term)!;
    const bytes = concat(latin1(`abc ${ESC}${escape}`), Uint8Array.fromHex(hex));
    const sets = ["ISO 2022 IR 6", term.replace("ISO_IR", "ISO 2022 IR")];
    assertEquals(decodeText(bytes, sets), `abc ${text}`);
  }
});

Deno.test("Two sets of one byte alternate by escapes", () => {
  const sets = ["ISO 2022 IR 100", "ISO 2022 IR 144", "ISO 2022 IR 126"];
  const text = `\xc4 ${ESC}-L\xbb\xee\xda ${ESC}-F\xc4\xe9 ${ESC}-A\xc4`;
  assertEquals(decode(text, sets), "Ä Люк Δι Ä");
});

const JAPANESE = `Yamada^Tarou=${ESC}$B;3ED${ESC}(B^${ESC}$BB@O:${ESC}(B=` +
  `${ESC}$B$d$^$@${ESC}(B^${ESC}$B$?$m$&${ESC}(B`;

Deno.test("The Japanese names of PS3.5 annex H are decoded", () => {
  const name = "Yamada^Tarou=山田^太郎=やまだ^たろう";
  assertEquals(decode(JAPANESE, ["", "ISO 2022 IR 87"], true), name);
  const katakana = `\xd4\xcf\xc0\xde^\xc0\xdb\xb3=${ESC}$B;3ED${ESC}(J^${ESC}$BB@O:${ESC}(J=` +
    `${ESC}$B$d$^$@${ESC}(J^${ESC}$B$?$m$&${ESC}(J`;
  const sets = ["ISO 2022 IR 13", "ISO 2022 IR 87"];
  assertEquals(decode(katakana, sets, true), "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
});

Deno.test("The supplementary kanji of JIS X 0212 and the old set of JIS X 0208 are decoded", () => {
  assertEquals(decode(`a${ESC}$(D0!0"${ESC}(Bb`, ["", "ISO 2022 IR 159"]), "a丂丄b");
  assertEquals(decode(`${ESC}$@;3ED${ESC}(J!`, ["", "ISO 2022 IR 87"]), "山田!");
});

Deno.test("Bytes of kanji that look like delimiters do not delimit", async () => {
  // Their second bytes are those of the backslash, of ^ and of =.
  const kanji = `${ESC}$B0\\1^2=${ESC}(B`;
  for (const vr of ["LO", "PN"]) {
    const value = await readBack(vr, latin1(`${kanji}\\b`), ["", "ISO 2022 IR 87"]);
    assertEquals(value, ["移厭化", "b"]);
  }
});

Deno.test("The Korean name and text of PS3.5 annex I are decoded", () => {
  const sets = ["", "ISO 2022 IR 149"];
  const korean = `${ESC}$)C`;
  const name = `Hong^Gildong=${korean}\xfb\xf3^${korean}\xd1\xce\xd4\xd7=` +
    `${korean}\xc8\xab^${korean}\xb1\xe6\xb5\xbf`;
  assertEquals(decode(name, sets, true), "Hong^Gildong=洪^吉洞=홍^길동");
  const text = `${korean}The 1st line includes \xb1\xe6\xb5\xbf.\r\n` +
    `${korean}The 2nd line includes \xb1\xe6\xb5\xbf, too.\r\nThe 3rd line.`;
  assertEquals(
    decode(text, sets),
    "The 1st line includes 길동.\r\nThe 2nd line includes 길동, too.\r\nThe 3rd line.",
  );
  assertEquals(decode("\xb1\xe6\xb5\xbf", ["ISO 2022 IR 149"]), "길동");
  assertEquals(decode(`\xb1\xe6 ${ESC}(B\xb5\xbf`, ["ISO 2022 IR 149"]), "길 동");
});

Deno.test("The Chinese names and text of PS3.5 annexes J and K are decoded", () => {
  const utf8 = new TextEncoder().encode("Wang^XiaoDong=王^小东");
  assertEquals(decodeText(utf8, ["ISO_IR 192"], { personName: true }), "Wang^XiaoDong=王^小东");
  const gb = "Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab";
  for (const set of ["GB18030", "GBK"]) {
    assertEquals(decode(gb, [set], true), "Wang^XiaoDong=王^小东");
  }
  const chinese = `${ESC}$)A`;
  const sets = ["", "ISO 2022 IR 58"];
  const name = `Zhang^XiaoDong=${chinese}\xd5\xc5^${chinese}\xd0\xa1\xb6\xab=`;
  assertEquals(decode(name, sets, true), "Zhang^XiaoDong=张^小东=");
  const text = `1. ${chinese}\xb5\xda\xd2\xbb\xd0\xd0\r\n2. ${chinese}\xb5\xda\xb6\xfe\xd0\xd0`;
  assertEquals(decode(text, sets), "1. 第一行\r\n2. 第二行");
  // Four bytes, of which two are digits.
  assertEquals(decodeText(Uint8Array.fromHex("95328236"), ["GB18030"]), "𠀀");
});

Deno.test("A second byte of 5C in GB18030, GBK or Shift JIS does not split a value", async () => {
  for (const set of ["GB18030", "GBK"]) {
    const value = await readBack("LO", latin1("\x81\x5c\x5cb\x81\x5c "), [set]);
    assertEquals(value, ["乗", "b乗"]);
  }
  const shiftJis = await readBack("LO", latin1("\x83\x5c\x5c\x94\x5c"), ["ISO_IR 13"]);
  assertEquals(shiftJis, ["ソ", "能"]);
});

Deno.test("After a delimiter of a name the initial set is in force again", () => {
  const sets = ["ISO 2022 IR 101", "ISO 2022 IR 144"];
  const text = `${ESC}-L\xbb\xee^\xb3=\xb3\\\xb3`;
  assertEquals(decode(text, sets, true), "Лю^ł=ł\\ł");
  // In other text they are letters like any.
  assertEquals(decode(text, sets), "Лю^Г=Г\\ł");
});

Deno.test("After a line's end the initial set is in force again", () => {
  const sets = ["ISO 2022 IR 101", "ISO 2022 IR 144"];
  for (const end of ["\n", "\r", "\f", "\t"]) {
    assertEquals(decode(`${ESC}-L\xb3${end}\xb3`, sets), `Г${end}ł`);
    assertEquals(decode(`${ESC}$B;3${end}a\xb3`, sets), `山${end}ał`);
  }
});

Deno.test("Where the first set is ASCII alone, a set beside it goes on without another escape", () => {
  const korean = ["", "ISO 2022 IR 149"];
  // Names and lines that some writers begin without the escape that each is to have.
  assertEquals(decode(`${ESC}$)C\xb1\xe8^\xb1\xe8`, korean, true), "김^김");
  assertEquals(decode(`${ESC}$)C\xb1\xe8\r\n\xb1\xe8`, korean), "김\r\n김");
  // Or without any.
  assertEquals(decode("Kim \xb1\xe8", korean), "Kim 김");
  assertEquals(decode("\xd5\xc5", ["ISO 2022 IR 6", "ISO 2022 IR 58"]), "张");
  assertEquals(decode("\xbb\xee\xda", ["", "ISO 2022 IR 87", "ISO 2022 IR 144"]), "Люк");
  assertEquals(decode("J\xe9r\xf4me", ["", "ISO 2022 IR 87"]), "Jérôme");
});

Deno.test("Beside kanji in G0 the characters of G1 are still in force", () => {
  const katakana = ["ISO 2022 IR 13", "ISO 2022 IR 87"];
  assertEquals(decode(`\xb1${ESC}$B;3\xb1;3${ESC}(Jz\xb1`, katakana), "ｱ山ｱ山zｱ");
  const latin = ["ISO 2022 IR 100", "ISO 2022 IR 87"];
  assertEquals(decode(`${ESC}$B;3\xe9${ESC}(B`, latin), "山é");
  const cyrillic = ["", "ISO 2022 IR 87", "ISO 2022 IR 144"];
  assertEquals(decode(`${ESC}-L${ESC}$B;3\xbb${ESC}(B\xee`, cyrillic), "山Лю");
  // Without a set in G1, some writers set the high bit of kanji.
  assertEquals(decode(`${ESC}$B\xbb\xb3${ESC}(B`, ["", "ISO 2022 IR 87"]), "山");
});

Deno.test("Spaces among two-byte characters keep their places", () => {
  assertEquals(decode(`${ESC}$B;3 ED${ESC}(B`, ["", "ISO 2022 IR 87"]), "山 田");
});

Deno.test("Broken code extensions leave what can be read, and throw nothing", () => {
  const sets = ["", "ISO 2022 IR 87"];
  assertEquals(decode(`ab${ESC}`, sets), `ab${ESC}`);
  assertEquals(decode(`ab${ESC}%Gcd`, sets), `ab${ESC}%Gcd`);
  assertEquals(decode(`${ESC}$B;`, sets), "\ufffd");
  assertEquals(decode(`${ESC}$(D0!0`, sets), "丂\ufffd");
  assertEquals(decode("\xff\xfe", ["ISO_IR 192"]), "\ufffd\ufffd");
});

Deno.test("A name in code extensions reads the same through a whole header", async () => {
  const value = await readBack("PN", latin1(JAPANESE), ["", "ISO 2022 IR 87"]);
  assertEquals(value, "Yamada^Tarou=山田^太郎=やまだ^たろう");
});
