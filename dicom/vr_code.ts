/**
 * A value representation as a number below 676: its two letters, counted in base 26. Of what has none,
 * as an item, it is {@linkcode noVr}.
 */
export type VrCode = number;

/** What stands for no value representation. */
export const noVr: VrCode = 26 * 26;

const firstLetter = 0x41;

/** The code of two letters given as bytes; {@linkcode noVr} where they are no capital letters. */
export function vrCode(first: number, second: number): VrCode {
  const high = first - firstLetter;
  const low = second - firstLetter;
  return high >= 0 && high < 26 && low >= 0 && low < 26 ? high * 26 + low : noVr;
}

const names: readonly string[] = [
  ...Array.from(
    { length: noVr },
    (_, code) => String.fromCharCode(firstLetter + Math.floor(code / 26), firstLetter + code % 26),
  ),
  "",
];

/** The two letters of a code; empty for {@linkcode noVr}. */
export function vrName(code: VrCode): string {
  return names[code]!;
}

/** The code of a value representation's letters. */
export function vrCodeOf(name: string): VrCode {
  return name === "" ? noVr : vrCode(name.charCodeAt(0), name.charCodeAt(1));
}

/** PS3.5 table 7.1-1: two reserved bytes, then 32 bits of length. */
const long = "OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" ");
const short = "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" ");

/** Bytes of the length that follows, by code: 2 or 4; 0 for what PS3.5 section 6.2 does not have. */
const lengthSizes = new Uint8Array(noVr + 1);
for (const name of long) lengthSizes[vrCodeOf(name)] = 4;
for (const name of short) lengthSizes[vrCodeOf(name)] = 2;

/** Whether a value representation is one of PS3.5 section 6.2. */
export function isKnownVr(code: VrCode): boolean {
  return lengthSizes[code] !== 0;
}

/** Whether a value representation is one whose length has 16 bits. */
export function hasShortLength(code: VrCode): boolean {
  return lengthSizes[code] === 2;
}

/** Codes that the reader acts on. */
export const Vr = {
  LO: vrCodeOf("LO"),
  OB: vrCodeOf("OB"),
  OD: vrCodeOf("OD"),
  OF: vrCodeOf("OF"),
  OW: vrCodeOf("OW"),
  SQ: vrCodeOf("SQ"),
  SS: vrCodeOf("SS"),
  UL: vrCodeOf("UL"),
  UN: vrCodeOf("UN"),
  US: vrCodeOf("US"),
} as const;
