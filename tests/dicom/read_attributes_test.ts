import { assertEquals } from "@std/assert";
import {
  type Attribute,
  type AttributeScalar,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import {
  BIG_ENDIAN,
  DEFLATED,
  element,
  type ElementSpec,
  EXPLICIT,
  IMPLICIT,
  latin1,
  type Value,
  writeFragments,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { wholeHeader } from "./header_facts.ts";
import { samplePixels } from "./sample_instances.ts";

/** Reads the attributes of a dataset that holds these elements. */
async function attributesOf(
  elements: readonly ElementSpec[],
  transferSyntaxUID = EXPLICIT,
): Promise<Attribute[]> {
  const object = writeInstance([...elements, samplePixels()], { transferSyntaxUID });
  const attributes = await readAttributes(wholeHeader(object));
  return attributes.filter(({ tag }) => tag >>> 16 !== 0x0002);
}

/** Reads one element's values back. */
async function valuesOf(
  vr: string,
  value: Value,
  transferSyntaxUID = EXPLICIT,
): Promise<readonly (AttributeScalar | null)[]> {
  const [attribute] = await attributesOf([element(0x00091001, vr, value)], transferSyntaxUID);
  return attribute!.values;
}

const sha256 = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();

const NUMBERS: readonly (readonly [vr: string, written: readonly number[] | readonly bigint[]])[] =
  [
    ["US", [0, 1, 65535]],
    ["SS", [-32768, -1, 32767]],
    ["UL", [0, 4294967295]],
    ["SL", [-2147483648, 2147483647]],
    ["FL", [1.5, -0.25, 2 ** 100]],
    ["FD", [Math.PI, -1e300, 5e-324]],
  ];

for (const syntax of [EXPLICIT, BIG_ENDIAN, DEFLATED]) {
  Deno.test(`Binary numbers of every VR are read in ${syntax}`, async () => {
    for (const [vr, numbers] of NUMBERS) {
      assertEquals(await valuesOf(vr, numbers, syntax), [...numbers], vr);
    }
  });

  Deno.test(`Integers of 64 bits are exact beyond 2^53 in ${syntax}`, async () => {
    const most = 2n ** 64n - 1n;
    const safe = BigInt(Number.MAX_SAFE_INTEGER);
    assertEquals(await valuesOf("UV", [0n, 5n, safe, most], syntax), [
      0,
      5,
      Number.MAX_SAFE_INTEGER,
      most,
    ]);
    assertEquals(await valuesOf("SV", [-1n, -(2n ** 63n), -safe, safe + 1n], syntax), [
      -1,
      -(2n ** 63n),
      -Number.MAX_SAFE_INTEGER,
      2n ** 53n,
    ]);
  });

  Deno.test(`Tags are eight hex digits in ${syntax}`, async () => {
    const values = await valuesOf("AT", [0x0028, 0x0010, 0x7fe0, 0x0010, 0xfffe, 0xe00d], syntax);
    assertEquals(values, ["00280010", "7FE00010", "FFFEE00D"]);
  });
}

Deno.test("Values of zero length are none, never 0 or empty text", async () => {
  const vrs = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST SV TM UC UI UL UR US UT UV";
  for (const vr of vrs.split(" ")) {
    assertEquals(await valuesOf(vr, ""), [], vr);
    const [attribute] = await attributesOf([element(0x00091001, vr, "")]);
    assertEquals(toAttributeValues([attribute!]), { "00091001": null });
  }
});

Deno.test("Text that is padding only is none too", async () => {
  for (const vr of ["CS", "DS", "IS", "LO", "LT", "PN", "UI", "UT"]) {
    assertEquals(await valuesOf(vr, "    "), [], vr);
    assertEquals(await valuesOf(vr, "\0\0"), [], vr);
  }
});

Deno.test("A trailing half of a number is no number, and its bytes are kept", async () => {
  const cases: readonly (readonly [string, number[], AttributeScalar[]])[] = [
    ["UL", [1, 0, 0, 0, 9, 9], [1]],
    ["FD", [1, 2], []],
    ["AT", [1, 2], []],
    ["AT", [0x28, 0, 0x10, 0, 7, 7], ["00280010"]],
    ["UL", [1, 0, 0, 0], [1]],
  ];
  for (const [vr, bytes, values] of cases) {
    const value = Uint8Array.from(bytes);
    const [attribute] = await attributesOf([element(0x00091001, vr, value)]);
    assertEquals(attribute!.values, values);
    const whole = bytes.length === 4 * values.length;
    assertEquals(attribute!.unread, whole ? undefined : value.toBase64(), vr);
    const sequence = element(0x00081140, "SQ", [[element(0x00091001, vr, value)]]);
    const [outer] = await attributesOf([sequence]);
    assertEquals(JSON.parse(String(outer!.values[0])), [{
      "00091001": whole ? { vr, Value: values } : { vr: "UN", InlineBinary: value.toBase64() },
    }]);
  }
});

Deno.test("Text that its character set does not have is kept as bytes, too", async () => {
  const latin = latin1("J\xfcrgen");
  const [set, name] = await attributesOf([
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00100010, "PN", latin),
  ]);
  assertEquals([name!.values, name!.unread], [["J\ufffdrgen"], latin.toBase64()]);
  assertEquals(set!.unread, undefined);
  const [, decoded] = await attributesOf([
    element(0x00080005, "CS", "ISO_IR 100"),
    element(0x00100010, "PN", latin),
  ]);
  assertEquals([decoded!.values, decoded!.unread], [["Jürgen"], undefined]);
});

Deno.test("What should be a sequence and is not is kept as bytes", async () => {
  const nonsense = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const [sequence, secret] = await attributesOf([
    element(0x00081140, "SQ", nonsense),
    element(0x00091001, "SQ", nonsense),
  ]);
  for (const each of [sequence!, secret!]) {
    assertEquals([each.vr, each.values], ["UN", []]);
    assertEquals(each.binary, { size: 8, hash: await sha256(nonsense) });
  }
  assertEquals(sequence!.unread, nonsense.toBase64());
});

Deno.test("Every overlay and curve of an implicit dataset has the types of the first", async () => {
  const attributes = await attributesOf([
    element(0x00203102, "CS", "A\\B"),
    element(0x50020005, "US", [2]),
    element(0x60000010, "US", [5]),
    element(0x60020010, "US", [6]),
    element(0x60020050, "SS", [1, -1]),
    element(0x60023000, "OW", [7]),
    element(0x60030010, "US", [1]),
  ], IMPLICIT);
  assertEquals(attributes.map(({ keyword, vr, values }) => [keyword, vr, values]), [
    ["00203102", "CS", ["A", "B"]],
    ["50020005", "US", [2]],
    ["OverlayRows", "US", [5]],
    ["60020010", "US", [6]],
    ["60020050", "SS", [1, -1]],
    ["60023000", "OW", []],
    ["60030010", "LO", [String.fromCharCode(1)]],
  ]);
});

Deno.test("Numbers in text are numbers, and odd ones stay text", async () => {
  const good: [string, number][] = [
    ["1", 1],
    [" +1.50 ", 1.5],
    ["-.5", -0.5],
    ["5.", 5],
    ["1e-3", 0.001],
    ["1E+03", 1000],
    ["-0", -0],
    ["00012", 12],
    ["123456789.123456", 123456789.123456],
  ];
  for (const [text, number] of good) assertEquals(await valuesOf("DS", text), [number], text);
  const odd = ["1,5", "NaN", "Infinity", "1e400", "-1e999", "0x10", "1 2", "e5", ".", "+", "1_0"];
  for (const text of odd) {
    assertEquals(await valuesOf("DS", text), [text], text);
    assertEquals(await valuesOf("IS", text), [text], text);
  }
  assertEquals(await valuesOf("IS", "2147483648"), [2147483648]);
  // Integers are exact as far as 64 bits go; DS is the double nearest to its text.
  assertEquals(await valuesOf("IS", "9007199254740993\\-9007199254740993\\+18446744073709551615"), [
    9007199254740993n,
    -9007199254740993n,
    18446744073709551615n,
  ]);
  assertEquals(await valuesOf("IS", "18446744073709551616"), ["18446744073709551616"]);
  assertEquals(await valuesOf("DS", "9007199254740993"), [9007199254740992]);
});

Deno.test("Several values keep their places, and empty ones among them are null", async () => {
  assertEquals(await valuesOf("DS", "1\\\\3\\x"), [1, null, 3, "x"]);
  assertEquals(await valuesOf("CS", "A\\ B \\"), ["A", "B", null]);
  assertEquals(await valuesOf("DS", "\\"), [null, null]);
  assertEquals(await valuesOf("UI", "1.2\\1.3\0"), ["1.2", "1.3"]);
  assertEquals(await valuesOf("UC", "one\\two"), ["one", "two"]);
});

Deno.test("A backslash is a character in text of one value", async () => {
  for (const vr of ["LT", "ST", "UT", "UR"]) {
    assertEquals(await valuesOf(vr, "C:\\temp\\x"), ["C:\\temp\\x"], vr);
  }
});

Deno.test("Padding is taken off, and leading spaces only where they say nothing", async () => {
  assertEquals(await valuesOf("LO", "  two words  "), ["two words"]);
  assertEquals(await valuesOf("PN", " Doe^Jane "), ["Doe^Jane"]);
  assertEquals(await valuesOf("UI", "1.2.3\0"), ["1.2.3"]);
  assertEquals(await valuesOf("LT", "  indented \0 "), ["  indented"]);
  assertEquals(await valuesOf("UT", " \r\n x "), [" \r\n x"]);
});

Deno.test("Only text that the standard encodes follows Specific Character Set", async () => {
  const bytes = latin1("\xbb\xee\xda");
  const encoded = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);
  for (const vr of "AE CS DA LO LT PN SH ST TM UC UI UR UT".split(" ")) {
    const attributes = await attributesOf([
      element(0x00080005, "CS", "ISO_IR 144"),
      element(0x00091001, vr, bytes),
    ]);
    assertEquals(attributes.at(-1)!.values, [encoded.has(vr) ? "Люк" : "»îÚ"], vr);
  }
});

Deno.test("Binary values are their size and hash", async () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  for (const vr of ["OB", "OW", "OF", "OD", "OL", "OV", "UN"]) {
    for (const syntax of [EXPLICIT, BIG_ENDIAN, DEFLATED]) {
      const [attribute] = await attributesOf([element(0x00091001, vr, bytes)], syntax);
      assertEquals(attribute!.values, []);
      assertEquals(attribute!.binary, { size: 8, hash: await sha256(bytes) }, vr);
      assertEquals(toAttributeValues([attribute!]), {});
    }
  }
  const [empty] = await attributesOf([element(0x00091001, "OB", "")]);
  assertEquals(empty!.binary, { size: 0, hash: await sha256(new Uint8Array()) });
});

Deno.test("A value representation that is not known yet is bytes", async () => {
  // PS3.5 section 7.1.2: its length has 32 bits.
  const bytes = [0x09, 0, 0x01, 0x10, 0x5a, 0x5a, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4];
  const object = writeInstance([element(0x00080060, "CS", "CT")]);
  const whole = Uint8Array.from([...object, ...bytes]);
  const attributes = await readAttributes(wholeHeader(whole));
  assertEquals(attributes.at(-1)!.vr, "UN");
  assertEquals(attributes.at(-1)!.binary?.size, 4);
});

Deno.test("Lookup table data is kept whole, as little endian words", async () => {
  const words = [0, 1, 0x1234, 0xffff];
  const expected = new Uint8Array(Uint16Array.from(words).buffer).toBase64();
  for (const syntax of [EXPLICIT, IMPLICIT, BIG_ENDIAN]) {
    for (const vr of ["OW", "US"]) {
      const [attribute] = await attributesOf([element(0x00281201, vr, words)], syntax);
      assertEquals(attribute!.values, [expected], `${vr} in ${syntax}`);
      assertEquals(attribute!.single, true);
    }
  }
  const [empty] = await attributesOf([element(0x00281201, "OW", "")]);
  assertEquals(empty!.values, []);
});

Deno.test("Keywords and multiplicity are those of PS3.6, and tags where it has none", async () => {
  const attributes = await attributesOf([
    element(0x00080060, "CS", "CT"),
    element(0x00080008, "CS", "ORIGINAL"),
    element(0x00091001, "LO", "x"),
    element(0x00280031, "DS", "1"),
    element(0x00540F01, "LO", "x"),
  ]);
  assertEquals(attributes.map(({ keyword, single }) => [keyword, single]), [
    ["Modality", true],
    ["ImageType", false],
    ["00091001", false],
    ["ZoomFactor", false],
    ["00540F01", false],
  ]);
});

Deno.test("File meta comes first, and group lengths are kept", async () => {
  const object = writeInstance([
    element(0x00080000, "UL", [10]),
    element(0x00080060, "CS", "CT"),
    samplePixels(),
  ]);
  const attributes = await readAttributes(wholeHeader(object));
  assertEquals(attributes.slice(0, 2).map(({ keyword }) => keyword), [
    "FileMetaInformationGroupLength",
    "FileMetaInformationVersion",
  ]);
  const values = toAttributeValues(attributes);
  assertEquals(values.TransferSyntaxUID, EXPLICIT);
  assertEquals(values["00080000"] ?? values.LengthToEnd, 10);
});

Deno.test("Implicit VR is settled by the dictionary and the pixels' sign", async () => {
  const elements = (sign: number) => [
    element(0x00080060, "CS", "CT"),
    element(0x00091001, "LO", "in a block that nobody reserved"),
    element(0x00090010, "LO", "MAKER"),
    element(0x00280103, "US", [sign]),
    element(0x00280106, "SS", [-2]),
    element(0x00280120, "SS", [-2000]),
    element(0x00281201, "OW", [1, 2]),
    element(0x00540F01, "LO", "no such element"),
  ];
  for (const [sign, smallest, vr] of [[0, 65534, "US"], [1, -2, "SS"]] as const) {
    const attributes = await attributesOf(elements(sign), IMPLICIT);
    assertEquals(attributes.map((each) => each.vr), ["CS", "UN", "LO", "US", vr, vr, "OW", "UN"]);
    assertEquals(attributes[4]!.values, [smallest]);
  }
});

Deno.test("UN of a known attribute is read as what the dictionary says", async () => {
  const item = writeInstance([element(0x00081155, "UI", "1.2.3")], {
    transferSyntaxUID: IMPLICIT,
    preamble: false,
    meta: false,
  });
  const inside = writeFragments([], []).subarray(0, 4);
  const head = Uint8Array.of(item.length, 0, 0, 0);
  const sequence = Uint8Array.from([...inside, ...head, ...item]);
  const elements = [
    element(0x00080060, "UN", "CT"),
    element(0x00081140, "UN", sequence),
    element(0x00280010, "UN", Uint8Array.of(2, 0)),
  ];
  const [modality, referenced, rows] = await attributesOf(elements);
  assertEquals([modality!.vr, modality!.values], ["CS", ["CT"]]);
  // Inside it is implicit VR, whatever is around.
  assertEquals(JSON.parse(String(referenced!.values[0])), [
    { "00081155": { vr: "UI", Value: ["1.2.3"] } },
  ]);
  assertEquals(rows!.values, [2]);
  // It is little endian too: in big endian numbers are left as bytes.
  const bigEndian = await attributesOf(elements.slice(2), BIG_ENDIAN);
  assertEquals(bigEndian[0]!.binary?.size, 2);
});

Deno.test("Sequences are DICOM JSON text", async () => {
  const items = [
    [
      element(0x00080005, "CS", "ISO_IR 144"),
      element(0x00100010, "PN", latin1("\xbb\xee\xda^A=B")),
      element(0x00081140, "SQ", [[], [element(0x00081155, "UI", "1.2")]]),
      element(0x00090010, "LO", ""),
      element(0x00189087, "FD", [NaN, Infinity, -Infinity, 0.5]),
      element(0x00280009, "AT", [0x0018, 0x1063]),
      element(0x00281050, "DS", "\\40\\x"),
      element(0x00283006, "OW", [1, 2]),
      element(0x00091002, "UV", [2n ** 60n]),
    ],
    [element(0x00100010, "PN", latin1("D\xf6e"))],
    [],
  ];
  for (const syntax of [EXPLICIT, BIG_ENDIAN, DEFLATED]) {
    for (const undefinedLength of [false, true]) {
      const sequence = element(0x00081250, "SQ", items, {
        undefinedLength,
        undefinedItems: undefinedLength,
      });
      const [, attribute] = await attributesOf([
        element(0x00080005, "CS", "ISO_IR 100"),
        sequence,
      ], syntax);
      assertEquals([attribute!.vr, attribute!.single], ["SQ", true]);
      assertEquals(JSON.parse(String(attribute!.values[0])), [
        {
          "00080005": { vr: "CS", Value: ["ISO_IR 144"] },
          "00100010": { vr: "PN", Value: [{ Alphabetic: "Люк^A", Ideographic: "B" }] },
          "00081140": { vr: "SQ", Value: [{}, { "00081155": { vr: "UI", Value: ["1.2"] } }] },
          "00090010": { vr: "LO" },
          "00189087": { vr: "FD", Value: ["NaN", "inf", "-inf", 0.5] },
          "00280009": { vr: "AT", Value: ["00181063"] },
          "00281050": { vr: "DS", Value: [null, 40, "x"] },
          "00283006": { vr: "OW", InlineBinary: "AQACAA==" },
          "00091002": { vr: "UV", Value: ["1152921504606846976"] },
        },
        { "00100010": { vr: "PN", Value: [{ Alphabetic: "Döe" }] } },
        {},
      ]);
    }
  }
});

Deno.test("Attributes of items stand by tag, private ones among the others", async () => {
  const [, sequence] = await attributesOf([
    element(0x20050010, "LO", "MAKER"),
    element(0x20051001, "SQ", [[
      element(0x00080060, "CS", "CT"),
      element(0x00280010, "US", [1]),
      element(0x20050010, "LO", "MAKER"),
      element(0x20051002, "SQ", [[element(0x00090010, "LO", "A"), element(0x10010010, "LO", "B")]]),
      element(0x20051003, "SQ", []),
    ]]),
  ]);
  assertEquals(
    sequence!.values[0],
    '[{"00080060":{"vr":"CS","Value":["CT"]},"00280010":{"vr":"US","Value":[1]},' +
      '"20050010":{"vr":"LO","Value":["MAKER"]},"20051002":{"vr":"SQ","Value":[' +
      '{"00090010":{"vr":"LO","Value":["A"]},"10010010":{"vr":"LO","Value":["B"]}}]},"20051003":{"vr":"SQ"}}]',
  );
});

Deno.test("A sequence with text that its character set does not have is kept as bytes, too", async () => {
  const item = (
    name: Uint8Array,
  ) => [[element(0x00081140, "SQ", [[element(0x00100010, "PN", name)]])]];
  for (const undefinedLength of [false, true]) {
    const form = { undefinedLength, undefinedItems: undefinedLength };
    const attributes = await attributesOf([
      element(0x00080005, "CS", "ISO_IR 192"),
      element(0x00081110, "SQ", item(new TextEncoder().encode("Dö"))),
      element(0x00081250, "SQ", item(latin1("J\xe9")), form),
    ]);
    assertEquals(attributes[1]!.unread, undefined);
    const { values, unread } = attributes[2]!;
    assertEquals(JSON.parse(String(values[0]))[0]["00081140"].Value, [
      { "00100010": { vr: "PN", Value: [{ Alphabetic: "J\ufffd" }] } },
    ]);
    const bytes = String.fromCharCode(...Uint8Array.fromBase64(unread!));
    assertEquals([bytes.indexOf("\xfe\xff\x00\xe0"), bytes.includes("J\xe9")], [0, true]);
  }
});

Deno.test("An empty sequence is one of no items, and PN of three groups keeps them", async () => {
  const [empty, named] = await attributesOf([
    element(0x00081140, "SQ", []),
    element(0x00081250, "SQ", [[element(0x00100010, "PN", "A=B=C\\=D\\\\A=B=C=D")]]),
  ]);
  assertEquals(empty!.values, ["[]"]);
  assertEquals(JSON.parse(String(named!.values[0])), [{
    "00100010": {
      vr: "PN",
      Value: [
        { Alphabetic: "A", Ideographic: "B", Phonetic: "C" },
        { Ideographic: "D" },
        null,
        // One group more than there are is not lost.
        { Alphabetic: "A", Ideographic: "B", Phonetic: "C=D" },
      ],
    },
  }]);
});

Deno.test("Plain values are null, one, or an array", () => {
  const attribute = (keyword: string, values: Attribute["values"]): Attribute => ({
    keyword,
    tag: 0,
    vr: "DS",
    single: false,
    values,
  });
  assertEquals(
    toAttributeValues([
      attribute("A", []),
      attribute("B", [1]),
      attribute("C", [1, null]),
    ]),
    { A: null, B: 1, C: [1, null] },
  );
});
