import type { Direction } from "./polar_profile.ts";

/** Half-extents of an outline in mm, as functions of z, and how boxy it is front and back. */
export interface OutlineShape {
  readonly side: (z: number) => number;
  readonly front: (z: number) => number;
  readonly back: (z: number) => number;
  /** Exponents of the superellipse: 2 is an ellipse, more is boxier. */
  readonly frontExponent: number;
  readonly backExponent: number;
}

/** The radius in every direction of a superellipse with its own depth front and back, at `z`. */
export function createOutline(shape: OutlineShape, z: number): (direction: Direction) => number {
  const [side, front, back] = [shape.side(z), shape.front(z), shape.back(z)];
  return ({ left, back: toBack }) => {
    const exponent = toBack < 0 ? shape.frontExponent : shape.backExponent;
    const across = (Math.abs(left) / side) ** exponent;
    const along = (Math.abs(toBack) / (toBack < 0 ? front : back)) ** exponent;
    return (across + along) ** (-1 / exponent);
  };
}
