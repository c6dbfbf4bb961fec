import type { Plane } from "./component_plane.ts";
import type { FrameLayout, JpegComponent } from "./jpeg_component.ts";

/**
 * Brings a component's samples to the frame's full resolution, as libjpeg does:
 * a factor of 2 by a triangle filter, others by repeating samples.
 *
 * @param plane The component's samples, with those that fill up blocks.
 * @returns At least the frame's rows and columns.
 */
export function upsample(plane: Plane, component: JpegComponent, layout: FrameLayout): Plane {
  const { hSampling, vSampling, width } = component;
  const { hMax, vMax } = layout;
  if (hSampling === hMax && vSampling === vMax) return plane;
  const twiceAcross = hSampling * 2 === hMax;
  const twiceDown = vSampling * 2 === vMax;
  if (twiceAcross && width > 2 && (twiceDown || vSampling === vMax)) {
    return doubleAcross(plane, component, twiceDown);
  }
  if (twiceDown && hSampling === hMax) return doubleDown(plane, component);
  return repeatSamples(plane, component, layout);
}

/** The row whose samples weigh a quarter beside `row`'s: above for even rows of the result, below for odd ones. */
function neighborRow(target: number, height: number): number {
  const row = target >> 1;
  return target % 2 === 0 ? Math.max(row - 1, 0) : Math.min(row + 1, height - 1);
}

/** Doubles the columns, and the rows as well if asked to: three parts the nearer sample, one the farther. */
function doubleAcross(plane: Plane, { width, height }: JpegComponent, rowsToo: boolean): Plane {
  const source = plane.data;
  const stride = width * 2;
  const rows = rowsToo ? height * 2 : height;
  const data = makeLike(source, stride * rows);
  const sums = new Int32Array(width);
  const shift = rowsToo ? 4 : 2;
  // The halves are rounded up and down by turns, so that no bias builds up.
  const roundLeft = rowsToo ? 8 : 1;
  const roundRight = rowsToo ? 7 : 2;
  for (let target = 0; target < rows; target++) {
    const near = (rowsToo ? target >> 1 : target) * plane.stride;
    const far = neighborRow(target, height) * plane.stride;
    for (let x = 0; x < width; x++) {
      sums[x] = rowsToo ? source[near + x]! * 3 + source[far + x]! : source[near + x]!;
    }
    let left = sums[0]!;
    let own = left;
    let to = target * stride;
    for (let x = 0; x < width; x++) {
      const right = x + 1 < width ? sums[x + 1]! : own;
      data[to++] = (own * 3 + left + roundLeft) >> shift;
      data[to++] = (own * 3 + right + roundRight) >> shift;
      left = own;
      own = right;
    }
  }
  return { data, stride };
}

/** Doubles the rows alone. */
function doubleDown(plane: Plane, { width, height }: JpegComponent): Plane {
  const source = plane.data;
  const data = makeLike(source, width * height * 2);
  let to = 0;
  for (let target = 0; target < height * 2; target++) {
    const near = (target >> 1) * plane.stride;
    const far = neighborRow(target, height) * plane.stride;
    const round = target % 2 === 0 ? 1 : 2;
    for (let x = 0; x < width; x++) {
      data[to++] = (source[near + x]! * 3 + source[far + x]! + round) >> 2;
    }
  }
  return { data, stride: width };
}

/** Takes the sample that covers each pixel. */
function repeatSamples(plane: Plane, component: JpegComponent, layout: FrameLayout): Plane {
  const { hSampling, vSampling } = component;
  const stride = layout.unitsAcross * layout.hMax * 8;
  const rows = layout.unitsDown * layout.vMax * 8;
  const data = makeLike(plane.data, stride * rows);
  const columns = Int32Array.from(
    { length: stride },
    (_, x) => Math.floor(x * hSampling / layout.hMax),
  );
  let to = 0;
  for (let y = 0; y < rows; y++) {
    const row = Math.floor(y * vSampling / layout.vMax) * plane.stride;
    for (let x = 0; x < stride; x++) data[to++] = plane.data[row + columns[x]!]!;
  }
  return { data, stride };
}

function makeLike(array: Uint8Array | Uint16Array, length: number): Uint8Array | Uint16Array {
  return array instanceof Uint8Array ? new Uint8Array(length) : new Uint16Array(length);
}
