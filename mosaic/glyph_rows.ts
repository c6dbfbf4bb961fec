/** The size of a glyph with the space around it, in pixels. */
export const glyphSize = { width: 6, height: 10 } as const;

/**
 * The printable characters of ASCII in their order, ten rows each from the top, a row in each
 * character of base64: its six bits are the pixels from the left.
 *
 * These are the bitmaps of `-Misc-Fixed-Medium-R-Normal--10-100-75-75-C-60-ISO8859-1` (6x10) from
 * font-misc-misc of X.Org, which says of itself: "Public domain terminal emulator font. Share and
 * enjoy."
 */
const glyphs = [
  "AAAAAAAAAAAIIIIIAIAAAUUUAAAAAAAUU+U+UUAAAIcocKcIAAASqUIUqkAAAQooQqkaAAAIIIAAAAAA",
  "AEIQQQIEAAAQIEEEIQAAAAiU+UiAAAAAII+IIAAAAAAAAAMIQAAAAA+AAAAAAAAAAAIcIAACCEIQggAA",
  "AIUiiiUIAAAIYoIII+AAAciCMQg+AAA+CEMCicAAAEMUk+EEAAA+gsyCicAAAMQgsyicAAA+CEEIQQAA",
  "AciiciicAAAcimaCEYAAAAIcIAIcIAAAIcIAMIQAACEIQIECAAAAA+A+AAAAAQIECEIQAAAciEIIAIAA",
  "AcimqsgcAAAIUii+iiAAA8SScSS8AAAcigggicAAA8SSSSS8AAA+gg8gg+AAA+gg8gggAAAciggmicAA",
  "Aiii+iiiAAAcIIIIIcAAAOEEEEkYAAAikowokiAAAgggggg+AAAii2qiiiAAAiiyqmiiAAAciiiiicAA",
  "A8ii8gggAAAciiiiqcCAA8ii8okiAAAcigcCicAAA+IIIIIIAAAiiiiiicAAAiiiUUUIAAAiiiqq2iAA",
  "AiiUIUiiAAAiiUIIIIAAA+CEIQg+AAAcQQQQQcAAAggQIECCAAAcEEEEEcAAAIUiAAAAAAAAAAAAAA+A",
  "IEAAAAAAAAAAAcCeieAAAggsyiysAAAAAcigicAAACCamimaAAAAAci+gcAAAMSQ8QQQAAAAAeiieCic",
  "AggsyiiiAAAIAYIIIcAAACAGCCCSSMAggik4kiAAAYIIIIIcAAAAA0qqqiAAAAAsyiiiAAAAAciiicAA",
  "AAAsyiysggAAAamimaCCAAAsygggAAAAAcgcC8AAAQQ8QQSMAAAAAiiimaAAAAAiiUUIAAAAAiiqqUAA",
  "AAAiUIUiAAAAAiimaCicAAA+EIQ+AAAGIEYEIGAAAIIIIIIIAAAYEIGIEYAAASqkAAAAAA",
].join("");

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The rows of a character's glyph from the top, the leftmost pixel in the highest of six bits.
 *
 * @param character A printable character of ASCII; see `asciiText`.
 */
export function glyphRows(character: string): number[] {
  const start = (character.charCodeAt(0) - 0x20) * glyphSize.height;
  return [...glyphs.slice(start, start + glyphSize.height)].map((row) => base64.indexOf(row));
}
