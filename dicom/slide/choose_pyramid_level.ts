import type { PyramidLevel } from "./read_pyramid_level.ts";

/** Levels of one pyramid begin at one place of the slide, but for half a pixel of the smallest. */
const originTolerance = 1;

/**
 * Chooses the level of a slide's pyramid that a picture is best drawn from: the smallest that is
 * at least as large as the picture.
 *
 * @param levels What there is to choose from, by any key; other pyramids and images among it.
 * @param wanted The level that is to be drawn.
 * @param size The size of the picture in pixels.
 * @returns The key of the level; null when none is better than the one wanted.
 */
export function choosePyramidLevel<K>(
  levels: Iterable<readonly [K, PyramidLevel]>,
  wanted: PyramidLevel,
  size: { readonly width: number; readonly height: number },
): K | null {
  let chosen: K | null = null;
  let smallest = pixelsOf(wanted);
  for (const [key, level] of levels) {
    const { columns, rows } = level.matrix;
    const enough = columns >= size.width && rows >= size.height;
    if (enough && pixelsOf(level) < smallest && isLevelOf(wanted, level)) {
      chosen = key;
      smallest = pixelsOf(level);
    }
  }
  return chosen;
}

function pixelsOf({ matrix }: PyramidLevel): number {
  return matrix.columns * matrix.rows;
}

function isLevelOf(wanted: PyramidLevel, other: PyramidLevel): boolean {
  if (wanted.pyramid !== other.pyramid) return false;
  const near = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined || Math.abs(a - b) <= originTolerance;
  if (![0, 1].every((axis) => near(wanted.origin[axis], other.origin[axis]))) return false;
  // Sides are rounded up or down on their own at every level.
  const scale = wanted.matrix.columns / other.matrix.columns;
  const aspect = wanted.matrix.rows / wanted.matrix.columns;
  return Math.abs(wanted.matrix.rows / scale - other.matrix.rows) <= 1 + aspect;
}
