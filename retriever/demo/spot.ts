/** A point of a slice and what is known of it before tissues are told apart; lengths in mm, LPS. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** The direction from the axis, as the profiles of the body count it. */
  readonly place: number;
  /** Signed distance to the skin, negative inside the body. */
  readonly fromSkin: number;
  /** Signed distance to the surface in the middle of the ribs, negative inside the chest. */
  readonly fromRibs: number;
  /** Slow variation within tissues, mean 0 and standard deviation 1. */
  readonly texture: number;
  /** Noise as fine as the pixels, mean 0 and standard deviation 1. */
  readonly grain: number;
}
