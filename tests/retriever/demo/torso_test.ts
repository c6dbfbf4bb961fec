import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { createSliceSampler } from "../../../retriever/demo/create_slice_sampler.ts";
import { DEMO_GRID } from "../../../retriever/demo/demo_grid.ts";
import { pulmonaryTrees } from "../../../retriever/demo/pulmonary_trees.ts";

/** Pixels skipped each way: shapes are told from a ninth of them. */
const STEP = 3;

Deno.test("the lungs taper to their tops and leave a rim beside the liver below", () => {
  const area = (z: number): number => count(z, isLung);
  const [neck, top, upper, middle, base] = [88.5, 75, 51, -15, -84].map(area);
  // Edges of the body count as lung, wherever air and tissue share a pixel.
  assertLess(neck!, 300);
  assert(neck! < top! && top! < upper! && upper! < middle!, `${[neck, top, upper, middle]}`);
  assert(base! > 200 && base! < middle! / 4, `${base}`);
});

Deno.test("the right dome of the diaphragm stands higher than the left", () => {
  const right = (value: number, x: number): boolean => x < -30 && isLung(value);
  const left = (value: number, x: number): boolean => x > 30 && isLung(value);
  assertLess(count(-60, right), count(-60, left));
  // The heart takes its room from the left lung.
  assertGreater(count(-24, right), count(-24, left));
});

Deno.test("both sides are alike but no mirror images", () => {
  const sample = createSliceSampler(36);
  let different = 0;
  let pixels = 0;
  for (let x = 60; x < 160; x += 2.1) {
    for (let y = -60; y < 100; y += 2.1) {
      pixels++;
      if (Math.abs(sample(x, y) - sample(-x, y)) > 150) different++;
    }
  }
  assert(different > 0.03 * pixels && different < 0.35 * pixels, `${different} of ${pixels}`);
});

Deno.test("every slice shows ribs, a vertebra and skin", () => {
  for (let slice = 0; slice < DEMO_GRID.slices; slice += 17) {
    const z = DEMO_GRID.bottom + slice * DEMO_GRID.sliceSpacing;
    const isBone = (value: number): boolean => value > 400;
    assertGreater(count(z, (value, x) => Math.abs(x) > 45 && isBone(value)), 10, `ribs at ${z}`);
    assertGreater(count(z, (value, x) => Math.abs(x) < 30 && isBone(value)), 10, `spine at ${z}`);
    const air = count(z, (value) => value < -970);
    assertGreater(air, 0.3 * (DEMO_GRID.rows / STEP) ** 2, `air at ${z}`);
  }
});

Deno.test("the noise is as strong as a scanner's", () => {
  const sample = createSliceSampler(-75);
  let [pixels, sum, squares] = [0, 0, 0];
  for (let x = -100; x < -80; x += DEMO_GRID.pixelSpacing) {
    for (let y = -30; y < 0; y += DEMO_GRID.pixelSpacing) {
      const value = sample(x, y);
      pixels++;
      sum += value;
      squares += value * value;
    }
  }
  const deviation = Math.sqrt(squares / pixels - (sum / pixels) ** 2);
  assert(deviation > 5 && deviation < 25, `${deviation}`);
});

Deno.test("a slice is a function of position, in whatever order it is asked", () => {
  const points = [[12, 40], [-92, -20], [40, -16], [0, 62], [150, 10], [-60, 70]] as const;
  const [forward, backward] = [createSliceSampler(-21), createSliceSampler(-21)];
  const expected = points.map(([x, y]) => forward(x, y));
  const reversed = points.toReversed().map(([x, y]) => backward(x, y));
  assertEquals(reversed.toReversed(), expected);
  assertEquals(points.map(([x, y]) => createSliceSampler(-21)(x, y)), expected);
});

Deno.test("the vessels of the lungs get thinner to their ends and fill both lungs", () => {
  const { vessels, airways } = pulmonaryTrees();
  for (const { fromRadius, toRadius } of [...vessels, ...airways]) {
    assert(toRadius <= fromRadius + 1e-9 && toRadius > 0.2 && fromRadius < 7);
  }
  for (const side of [-1, 1]) {
    const thin = vessels.filter(({ to, toRadius }) => to[0] * side > 0 && toRadius < 0.4);
    assertGreater(thin.length, 500);
    const reach = ([0, 1, 2] as const).map((axis) => {
      const places = thin.map(({ to }) => to[axis]);
      return Math.max(...places) - Math.min(...places);
    });
    assert(reach[0]! > 90 && reach[1]! > 130 && reach[2]! > 140, `${reach}`);
  }
});

function isLung(value: number): boolean {
  // The table's foam is lighter.
  return value > -910 && value < -700;
}

/** How many pixels of a slice, a few skipped, are such. */
function count(z: number, is: (value: number, x: number) => boolean): number {
  const { rows, columns, pixelSpacing, left, front } = DEMO_GRID;
  const sample = createSliceSampler(z);
  let found = 0;
  for (let row = 0; row < rows; row += STEP) {
    for (let column = 0; column < columns; column += STEP) {
      const x = left + column * pixelSpacing;
      if (is(sample(x, front + row * pixelSpacing), x)) found++;
    }
  }
  return found;
}
