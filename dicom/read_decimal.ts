import type { AttributeScalar } from "./attribute.ts";
import { readAscii } from "./read_ascii.ts";

/** The integers that a column of 64 bits holds. */
const longest = { least: -(2n ** 63n), most: 2n ** 64n - 1n };

/** Digits of which any integer is a double. */
const exactDigits = 15;
/** Powers of ten that are doubles, as far as there are exact digits. */
const powers = Float64Array.from({ length: exactDigits + 1 }, (_, power) => 10 ** power);

const zero = 0x30;

/**
 * The number that ASCII text of DS or IS writes: of DS the double nearest to it, of IS exactly. Where
 * it writes none that can be held, the text itself.
 */
export function readDecimal(
  bytes: Uint8Array,
  start: number,
  end: number,
  isInteger: boolean,
): AttributeScalar {
  const sign = bytes[start];
  let digits = 0;
  let fraction = -1;
  let mantissa = 0;
  let at = sign === 0x2d || sign === 0x2b ? start + 1 : start;
  for (; at < end; at++) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digits++;
      if (fraction >= 0) fraction++;
    } else if (bytes[at] === 0x2e && fraction < 0) {
      fraction = 0;
    } else {
      break;
    }
  }
  if (at < end || digits === 0 || digits > exactDigits) {
    return parseDecimal(readAscii(bytes, start, end), isInteger);
  }
  // Both are doubles, so their quotient is the double nearest to what is written.
  const number = fraction > 0 ? mantissa / powers[fraction]! : mantissa;
  return sign === 0x2d ? -number : number;
}

function parseDecimal(text: string, isInteger: boolean): AttributeScalar {
  const written = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  const number = Number(text);
  if (!written || !Number.isFinite(number)) return text;
  if (!isInteger || Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(text)) return number;
  const integer = BigInt(text.replace("+", ""));
  return integer >= longest.least && integer <= longest.most ? integer : text;
}
