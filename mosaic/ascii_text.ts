/** Text as a font of ASCII can draw it: every other character, control characters included, is a `?`. */
export function asciiText(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, "?");
}
