/** Directions that a profile is sampled in. */
const STEPS = 1024;

/** A direction around the axis of the body. */
export interface Direction {
  /** Cosine toward the patient's left. */
  readonly left: number;
  /** Cosine toward the patient's back. */
  readonly back: number;
  /** 0 straight to the back, 1 straight to the front, 0.5 to either side. */
  readonly turn: number;
}

/**
 * A closed outline around the axis of the body in one slice: a radius for every direction.
 */
export class PolarProfile {
  readonly #radii = new Float64Array(STEPS + 2);
  readonly #slants = new Float64Array(STEPS + 2);
  /** How far the outline reaches to either side, to the front and to the back. */
  #side = 0;
  #front = 0;
  #back = 0;

  /** Samples a function of direction that answers the radius in mm. */
  constructor(radius: (direction: Direction) => number) {
    const directions = allDirections();
    for (let step = 0; step < STEPS; step++) {
      const direction = directions[step]!;
      const value = radius(direction);
      this.#radii[step] = value;
      this.#side = Math.max(this.#side, value * Math.abs(direction.left));
      this.#front = Math.max(this.#front, -value * direction.back);
      this.#back = Math.max(this.#back, value * direction.back);
    }
    for (let step = 0; step < STEPS; step++) {
      const change = this.#radii[(step + 1) % STEPS]! - this.#radii[(step + STEPS - 1) % STEPS]!;
      const slope = change / (directions[step]!.angle * Math.max(this.#radii[step]!, 1));
      this.#slants[step] = 1 / Math.sqrt(1 + slope * slope);
    }
    for (let extra = 0; extra < 2; extra++) {
      this.#radii[STEPS + extra] = this.#radii[extra]!;
      this.#slants[STEPS + extra] = this.#slants[extra]!;
    }
  }

  /**
   * The place among the sampled directions of an offset from the axis, to be handed to the other
   * methods of any profile.
   */
  static place(left: number, back: number): number {
    const quarter = STEPS / 4;
    if (back >= 0) {
      if (left >= 0) return left + back === 0 ? 0 : quarter * back / (left + back);
      return quarter * (1 - left / (back - left));
    }
    if (left < 0) return quarter * (2 + back / (left + back));
    return quarter * (3 + left / (left - back));
  }

  /** Whether an offset from the axis is in the box around the outline, which is `margin` mm wider. */
  near(left: number, back: number, margin: number): boolean {
    return left < this.#side + margin && -left < this.#side + margin &&
      back < this.#back + margin && -back < this.#front + margin;
  }

  /** The radius in mm at a place. */
  radius(place: number): number {
    const step = Math.trunc(place);
    const radius = this.#radii[step]!;
    return radius + (this.#radii[step + 1]! - radius) * (place - step);
  }

  /** Signed distance to the outline in mm, negative inside, of a point `distance` mm from the axis. */
  distance(distance: number, place: number): number {
    return (distance - this.radius(place)) * this.#slants[Math.trunc(place)]!;
  }
}

/** A direction that is sampled. */
interface Step extends Direction {
  /** Distance between the two beside it, on a circle of radius 1. */
  readonly angle: number;
}

let steps: readonly Step[] | undefined;

function allDirections(): readonly Step[] {
  return steps ??= createDirections().map((direction, step, all) => {
    const next = all[(step + 1) % STEPS]!;
    const before = all[(step + STEPS - 1) % STEPS]!;
    return { ...direction, angle: Math.hypot(next.left - before.left, next.back - before.back) };
  });
}

function createDirections(): Direction[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const part = 4 * step / STEPS;
    const [left, back] = part < 1
      ? [1 - part, part]
      : part < 2
      ? [1 - part, 2 - part]
      : part < 3
      ? [part - 3, 2 - part]
      : [part - 3, part - 4];
    const length = Math.hypot(left, back);
    const turn = Math.acos(back / length) / Math.PI;
    return { left: left / length, back: back / length, turn };
  });
}
