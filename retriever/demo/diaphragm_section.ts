import { smoothMinimum } from "./smooth_minimum.ts";

/** A dome: its top in mm, and how far from there it has fallen by `fall` mm. */
interface Dome {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly side: number;
  readonly front: number;
  readonly back: number;
  readonly fall: number;
}

const RIGHT: Dome = { x: -66, y: -2, z: -42, side: 66, front: 112, back: 78, fall: 46 };
const LEFT: Dome = { x: 70, y: 2, z: -52, side: 62, front: 112, back: 76, fall: 42 };
/** The flat middle that the heart rests on. */
const CENTER: Dome = { x: 10, y: -25, z: -63, side: 62, front: 180, back: 84, fall: 30 };
/** The domes are slanted, so the distance to them is shorter than the height above them. */
const SLANT = 0.82;

/** z in mm above which nothing is near the diaphragm, and the distance answered there. */
const HIGHEST = RIGHT.z + 8;
const FAR = 1000;

/** The diaphragm cut by one slice. */
export class DiaphragmSection {
  readonly #z: number;

  /** Cuts the diaphragm at `z`. */
  constructor(z: number) {
    this.#z = z;
  }

  /** Signed distance in mm from the dome of the diaphragm, positive above it, in the chest. */
  distance(x: number, y: number): number {
    if (this.#z > HIGHEST) return FAR;
    const domes = smoothMinimum(-height(RIGHT, x, y), -height(LEFT, x, y), 8);
    const top = -smoothMinimum(domes, -height(CENTER, x, y), 8);
    return (this.#z - top) * SLANT;
  }
}

function height(dome: Dome, x: number, y: number): number {
  const across = (x - dome.x) / dome.side;
  const along = (y - dome.y) / (y < dome.y ? dome.front : dome.back);
  const squares = across * across + along * along;
  // To the power 1.25: flatter on top than a parabola, steeper at the edge.
  return dome.z - dome.fall * squares * Math.sqrt(Math.sqrt(squares));
}
