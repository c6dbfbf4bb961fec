const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Bytes up to which a call of the decoder costs more than putting characters together. */
const short = 12;

/** Reads text of which all bytes are below 128. */
export function readAscii(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > short) return decoder.decode(bytes.subarray(start, end));
  const { fromCharCode } = String;
  let text = "";
  let at = start;
  // A few at a time, since each part is a string of its own for a moment.
  for (; at + 4 <= end; at += 4) {
    text += fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!);
  }
  switch (end - at) {
    case 1:
      return text + fromCharCode(bytes[at]!);
    case 2:
      return text + fromCharCode(bytes[at]!, bytes[at + 1]!);
    case 3:
      return text + fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!);
    default:
      return text;
  }
}
