/** The lobes of the lungs. */
export type Lobe = "rightUpper" | "rightMiddle" | "rightLower" | "leftUpper" | "leftLower";

/** Where a point of a lung lies among its lobes. */
export interface LobePlace {
  readonly lobe: Lobe;
  /** Distance in mm to the nearest fissure. */
  readonly fromFissure: number;
}

/** Height in mm of the oblique fissures at y = 0. */
const OBLIQUE_LEFT = -12;
const OBLIQUE_RIGHT = -18;
/** How much they fall toward the front, and the length of their surface to that of its shadow. */
const OBLIQUE_SLOPE = 0.72;
const OBLIQUE_SLANT = 1.25;
/** Height in mm of the right lung's horizontal fissure at x = -60, y = -20, and how it slants. */
const HORIZONTAL = { x: -60, y: -20, z: 2, outward: 0.16, backward: 0.28 } as const;

/** Tells the lobe a point of a lung lies in, and how near a fissure it is. */
export function locateLobe(x: number, y: number, z: number): LobePlace {
  const left = x > 0;
  const bend = 5 * Math.sin(y / 32) - 0.0016 * (Math.abs(x) - 66) ** 2;
  const height = (left ? OBLIQUE_LEFT : OBLIQUE_RIGHT) + OBLIQUE_SLOPE * y + bend;
  const oblique = (z - height) / OBLIQUE_SLANT;
  if (left) {
    return { lobe: oblique > 0 ? "leftUpper" : "leftLower", fromFissure: Math.abs(oblique) };
  }
  if (oblique < 0) return { lobe: "rightLower", fromFissure: -oblique };
  const across = HORIZONTAL.outward * (x - HORIZONTAL.x) + 2.5 * Math.sin(x / 24);
  const along = HORIZONTAL.backward * (y - HORIZONTAL.y);
  const horizontal = (z - HORIZONTAL.z - across - along) / 1.06;
  return {
    lobe: horizontal > 0 ? "rightUpper" : "rightMiddle",
    fromFissure: Math.min(oblique, Math.abs(horizontal)),
  };
}
