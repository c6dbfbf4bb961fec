/**
 * A soft step up at `low` and down at `high`, each `soft` wide: 1 between them, 0 outside.
 */
export function bump(value: number, low: number, high: number, soft: number): number {
  return ramp((value - low) / soft + 0.5) * ramp((high - value) / soft + 0.5);
}

function ramp(part: number): number {
  if (part <= 0) return 0;
  if (part >= 1) return 1;
  return part * part * (3 - 2 * part);
}
