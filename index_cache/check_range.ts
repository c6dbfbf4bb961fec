import { NoImageError, UsageError } from "../errors.ts";

/** Refuses a number outside of 0 to 1, by the option's name. */
export function checkUnit(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new UsageError(`${name} is ${value}; it must be from 0 to 1`);
  }
}

/** Refuses a number that is no integer, or below a minimum, by the option's name. */
export function checkInteger(name: string, value: number, minimum: number = -Infinity): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    const bound = minimum === -Infinity ? "" : `, ${minimum} or more`;
    throw new UsageError(`${name} is ${value}; it must be a whole number${bound}`);
  }
}

/** Refuses a series without slices. */
export function checkSliceCount(n: number): void {
  if (n < 1) throw new NoImageError("the series has no image to show");
}
