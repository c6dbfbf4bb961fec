import { UsageError } from "../errors.ts";

/**
 * Reads the value of `--stack`.
 *
 * @returns The stack's number, or undefined for all of them.
 * @throws {UsageError} When it is neither a whole number from 0 nor `all`.
 */
export function parseStack(text: string | undefined): number | undefined {
  if (text === undefined || text === "all") return undefined;
  if (!/^\d+$/.test(text)) {
    throw new UsageError(`--stack takes a number from 0, or all, not '${text}'`);
  }
  return Number(text);
}
