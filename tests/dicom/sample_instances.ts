import {
  BIG_ENDIAN,
  DEFLATED,
  element,
  type ElementSpec,
  IMPLICIT,
  RLE,
  writeFragments,
  writeInstance,
} from "../support/dicom_fixtures.ts";

/** The elements of a small image, of most kinds of value and sequence. */
export function sampleElements(): ElementSpec[] {
  const nested = (depth: number): ElementSpec[] => [
    element(0x00080100, "SH", `C${depth}`),
    ...(depth === 0 ? [] : [
      element(0x00082218, "SQ", [nested(depth - 1)], {
        undefinedLength: depth % 2 === 0,
        undefinedItems: depth % 3 === 0,
      }),
    ]),
  ];
  return [
    element(0x00080005, "CS", "ISO_IR 100"),
    element(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL"),
    element(0x00080018, "UI", "1.2.3.4.5"),
    element(0x00080060, "CS", "CT"),
    element(0x00081140, "SQ", [
      [element(0x00081150, "UI", "1.2.3"), element(0x00081155, "UI", "1.2.3.4")],
      [],
      [element(0x00081155, "UI", "1.2.3.5")],
    ]),
    element(0x00081250, "SQ", [nested(5)], { undefinedLength: true, undefinedItems: true }),
    element(0x00090010, "LO", "MAKER"),
    element(0x00091001, "UN", Uint8Array.of(1, 2, 3, 4, 5, 6)),
    element(0x00091002, "UN", [[element(0x00080060, "CS", "MR")], []], {
      undefinedLength: true,
      undefinedItems: true,
    }),
    element(0x00091003, "UN", ""),
    element(0x00100010, "PN", "D\xf6e^J\xfcrgen"),
    element(0x00180050, "DS", "1.25"),
    element(0x00189087, "FD", [1000.5]),
    element(0x00200013, "IS", "7"),
    element(0x00200032, "DS", "-1.5\\2\\3.25"),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    element(0x00201041, "DS", ""),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280010, "US", [2]),
    element(0x00280011, "US", [3]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [12]),
    element(0x00280102, "US", [11]),
    element(0x00280103, "US", [1]),
    element(0x00280106, "SS", [-5]),
    element(0x00283010, "SQ", [[
      element(0x00283002, "US", [4, 0, 16]),
      element(0x00283006, "OW", [0, 100, 1000, 4095]),
    ]], { undefinedItems: true }),
  ];
}

/** An icon whose own pixel data is in fragments, which only little endian syntaxes have. */
function icon(): ElementSpec {
  return element(0x00880200, "SQ", [[
    element(0x00280010, "US", [1]),
    element(0x7fe00010, "OB", writeFragments([Uint8Array.of(9, 9, 9, 9)]), {
      undefinedLength: true,
    }),
  ]], { undefinedLength: true });
}

/** Pixel data of {@linkcode sampleElements}: two rows of three cells. */
export function samplePixels(): ElementSpec {
  return element(0x7fe00010, "OW", [1, 2, 3, -1, -2, -3]);
}

/** Small instances of every kind that must be read, by what they are. */
export function sampleInstances(): Map<string, Uint8Array<ArrayBuffer>> {
  const image = [...sampleElements(), icon(), samplePixels()];
  const bigEndian = [...sampleElements(), samplePixels()];
  const encapsulated = [
    ...sampleElements(),
    icon(),
    element(0x7fe00010, "OB", writeFragments([Uint8Array.of(1, 2, 3, 4)]), {
      undefinedLength: true,
    }),
  ];
  return new Map([
    ["explicit", writeInstance(image)],
    ["implicit", writeInstance(image, { transferSyntaxUID: IMPLICIT })],
    ["big endian", writeInstance(bigEndian, { transferSyntaxUID: BIG_ENDIAN })],
    ["deflated", writeInstance(image, { transferSyntaxUID: DEFLATED })],
    ["encapsulated", writeInstance(encapsulated, { transferSyntaxUID: RLE })],
    ["no preamble", writeInstance(image, { preamble: false })],
    ["explicit without file meta", writeInstance(image, { preamble: false, meta: false })],
    ["preamble, no file meta", writeInstance(image, { meta: false })],
    [
      "implicit without file meta",
      writeInstance(image, { transferSyntaxUID: IMPLICIT, preamble: false, meta: false }),
    ],
    [
      "big endian without file meta",
      writeInstance(bigEndian, { transferSyntaxUID: BIG_ENDIAN, preamble: false, meta: false }),
    ],
    ["explicit without pixels", writeInstance(sampleElements())],
    ["implicit without pixels", writeInstance(sampleElements(), { transferSyntaxUID: IMPLICIT })],
    ["deflated without pixels", writeInstance(sampleElements(), { transferSyntaxUID: DEFLATED })],
  ]);
}
