import type { ColumnType } from "./column_type.ts";

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INTEGER = /^[+-]?\d+$/;

/**
 * The number that a text writes in decimal, for a column of a number type; null when it is none. In
 * a column of integers one too large for a double is a bigint.
 */
export function parseNumberText(text: string, type: ColumnType): number | bigint | null {
  const digits = text.trim();
  if (!DECIMAL.test(digits)) return null;
  const number = Number(digits);
  if (!Number.isFinite(number)) return null;
  const exact = Number.isSafeInteger(number) || type.startsWith("float") || !INTEGER.test(digits);
  return exact ? number : BigInt(digits.replace(/^\+/, ""));
}
