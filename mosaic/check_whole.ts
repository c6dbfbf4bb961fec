import { UsageError } from "../errors.ts";

/** The longest side of a picture in pixels: far beyond any screen, and still one that memory holds. */
export const maxSide = 16_384;

/**
 * Checks that a number is whole and within bounds.
 *
 * @throws {UsageError} If it is not, naming the option and the bounds
 */
export function checkWhole(name: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new UsageError(
      `${name} is ${value}: it must be a whole number from ${min} to ${max}`,
    );
  }
}
