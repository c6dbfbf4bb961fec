import { hash } from "./hash.ts";
import type { Point, Tube } from "./tube.ts";

/** What a tree of vessels or airways grows from and into; lengths in mm. */
export interface TreeSeed {
  /** Where the tree starts. */
  readonly root: Point;
  /** Where its last branches end. */
  readonly ends: readonly Point[];
  /** Radius at the root. */
  readonly rootRadius: number;
  /** Radius of the last branches. */
  readonly endRadius: number;
  readonly hounsfield: number;
  /** Branches thinner than this are left out. */
  readonly leastRadius?: number;
  /** The direction that the tree is shifted in, to run beside another to the same ends. */
  readonly aside?: Point;
}

/** Part of the way from a fork to the middle of its ends at which the next fork lies. */
const REACH = 0.3;
/** Radii fall with the number of ends to this power, a little below Murray's 1/3 law. */
const POWER = 0.36;
/** How far branches bow, in parts of their length. */
const BOW = 0.1;
/** How far from even a fork may be: the share of the ends it may shift. */
const UNEVEN = 0.4;
/** How far a tree is shifted aside, in radii of the branch. */
const ASIDE = 2.5;
/** Straight pieces that a branch is bent from. */
const PIECES = 3;

/**
 * Grows a tree that fills a lobe: the ends are halved again and again across their widest
 * direction, and every half gets a branch toward its middle.
 */
export function createPulmonaryTree(seed: TreeSeed): Tube[] {
  const tubes: Tube[] = [];
  const radiusOf = (count: number): number =>
    Math.min(seed.rootRadius, seed.endRadius * count ** POWER);
  const grow = (from: Point, fromRadius: number, ends: readonly Point[], heading: Point): void => {
    const radius = Math.min(fromRadius, radiusOf(ends.length));
    if (radius < (seed.leastRadius ?? 0)) return;
    const last = ends.length === 1;
    const middle = average(ends);
    const fork = last ? middle : between(from, middle, REACH + 0.12 * chance(ends));
    const [ax, ay, az] = seed.aside ?? [0, 0, 0];
    const shift = seed.aside ? radius * ASIDE : 0;
    const to: Point = [fork[0] + ax * shift, fork[1] + ay * shift, fork[2] + az * shift];
    const toRadius = last ? radius * 0.6 : Math.min(radius, radiusOf(ends.length * 0.7));
    const direction = bend(tubes, from, to, heading, radius, toRadius, seed.hounsfield);
    if (last) return;
    const [first, second] = halve(ends, to);
    grow(to, toRadius, first, direction);
    grow(to, toRadius, second, direction);
  };
  if (seed.ends.length > 0) grow(seed.root, seed.rootRadius, seed.ends, [0, 0, 0]);
  return tubes;
}

/** Adds a branch that leaves in the direction its parent had; answers its own at its end. */
function bend(
  tubes: Tube[],
  from: Point,
  to: Point,
  heading: Point,
  fromRadius: number,
  toRadius: number,
  hounsfield: number,
): Point {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  const bow = length * BOW;
  const at = (t: number): Point => {
    const lift = 4 * t * (1 - t) * bow;
    return [
      from[0] + (to[0] - from[0]) * t + heading[0] * lift,
      from[1] + (to[1] - from[1]) * t + heading[1] * lift,
      from[2] + (to[2] - from[2]) * t + heading[2] * lift,
    ];
  };
  const pieces = length > 6 ? PIECES : 1;
  for (let piece = 0; piece < pieces; piece++) {
    const [start, end] = [piece / pieces, (piece + 1) / pieces];
    tubes.push({
      from: at(start),
      to: at(end),
      fromRadius: fromRadius + (toRadius - fromRadius) * start,
      toRadius: fromRadius + (toRadius - fromRadius) * end,
      hounsfield,
    });
  }
  return towards(from, to);
}

/** Parts the ends by their direction as seen from the fork, where the directions spread most. */
function halve(ends: readonly Point[], from: Point): [Point[], Point[]] {
  const directions = ends.map((end) => towards(from, end));
  const middle = average(directions);
  const spread = ([0, 1, 2] as const).map((axis) => {
    let sum = 0;
    for (const direction of directions) sum += (direction[axis] - middle[axis]) ** 2;
    return sum;
  });
  const axis = spread.indexOf(Math.max(...spread)) as 0 | 1 | 2;
  const along = directions.map((direction) => direction[axis]);
  const order = ends.map((_, index) => index).sort((a, b) => along[a]! - along[b]!);
  // Not quite in the middle: real forks are rarely even.
  const share = 0.5 + UNEVEN * (chance(ends) - 0.5);
  const cut = Math.min(ends.length - 1, Math.max(1, Math.round(ends.length * share)));
  const points = order.map((index) => ends[index]!);
  return [points.slice(0, cut), points.slice(cut)];
}

/** A number in [0, 1) that belongs to a set of ends. */
function chance(ends: readonly Point[]): number {
  const [x, y, z] = ends[0]!;
  return hash(Math.round(x * 16), Math.round(y * 16), Math.round(z * 16) + ends.length);
}

function towards(from: Point, to: Point): Point {
  const [x, y, z] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
  const length = Math.max(Math.sqrt(x * x + y * y + z * z), 1e-6);
  return [x / length, y / length, z / length];
}

function average(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  let z = 0;
  for (const point of points) {
    x += point[0];
    y += point[1];
    z += point[2];
  }
  return [x / points.length, y / points.length, z / points.length];
}

function between(from: Point, to: Point, part: number): Point {
  return [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
}
