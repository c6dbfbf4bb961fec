import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
} from "@std/assert";
import { bump } from "../../../retriever/demo/bump.ts";
import { coverage } from "../../../retriever/demo/coverage.ts";
import { createCurve } from "../../../retriever/demo/create_curve.ts";
import { createOutline } from "../../../retriever/demo/create_outline.ts";
import { EllipsoidSection } from "../../../retriever/demo/ellipsoid_section.ts";
import { HOUNSFIELD } from "../../../retriever/demo/hounsfield.ts";
import { InterpolatedField } from "../../../retriever/demo/interpolated_field.ts";
import { NoiseSection } from "../../../retriever/demo/noise_section.ts";
import { PolarProfile } from "../../../retriever/demo/polar_profile.ts";
import { segmentDistance } from "../../../retriever/demo/segment_distance.ts";
import { smoothMinimum } from "../../../retriever/demo/smooth_minimum.ts";
import { tableHounsfield } from "../../../retriever/demo/table_hounsfield.ts";
import type { Tube } from "../../../retriever/demo/tube.ts";
import { TubeSection } from "../../../retriever/demo/tube_section.ts";

Deno.test("a curve goes through its points and stays level beyond them", () => {
  const points = [[-10, 4], [0, 8], [5, -2], [20, 3]] as const;
  const curve = createCurve(...points);
  for (const [position, value] of points) assertAlmostEquals(curve(position), value, 1e-12);
  assertEquals(curve(-50), 4);
  assertEquals(curve(50), 3);
  for (let position = -10; position < 20; position += 0.1) {
    assertLess(Math.abs(curve(position + 0.1) - curve(position)), 0.35);
  }
});

Deno.test("coverage falls from 1 inside to 0 outside, a half on the surface", () => {
  assertEquals([coverage(-1), coverage(0), coverage(1)], [1, 0.5, 0]);
  for (let distance = -1; distance < 1; distance += 0.05) {
    assertLessOrEqual(coverage(distance + 0.05), coverage(distance));
  }
});

Deno.test("a bump is 1 between its edges, 0 outside and a half on them", () => {
  assertEquals([0, 10, 15, 20, 30].map((value) => bump(value, 10, 20, 2)), [0, 0.5, 1, 0.5, 0]);
});

Deno.test("a smooth minimum is the minimum where the two are apart, and a bit less where not", () => {
  assertEquals(smoothMinimum(3, 9, 4), 3);
  assertEquals(smoothMinimum(9, 3, 4), 3);
  assertEquals(smoothMinimum(3, 3, 4), 2);
  assertEquals(smoothMinimum(2, 1000, 9), 2);
});

Deno.test("the distance to a segment counts its ends", () => {
  assertEquals(segmentDistance(5, 3, 0, 0, 10, 0), 3);
  assertEquals(segmentDistance(13, 4, 0, 0, 10, 0), 5);
  assertEquals(segmentDistance(3, 4, 0, 0, 0, 0), 5);
});

Deno.test("a profile of a circle tells the distance to it in every direction", () => {
  const circle = new PolarProfile(() => 50);
  for (let degrees = 0; degrees < 360; degrees += 7) {
    const [x, y] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
    const place = PolarProfile.place(60 * x, 60 * y);
    assertAlmostEquals(circle.distance(60, place), 10, 1e-9);
    assertEquals(PolarProfile.place(20 * x, 20 * y).toFixed(6), place.toFixed(6));
  }
  assertEquals(circle.near(50.5, 0, 1), true);
  assertEquals(circle.near(0, -51.5, 1), false);
});

Deno.test("a profile knows front from back and left from right", () => {
  const outline = createOutline({
    side: () => 100,
    front: () => 40,
    back: () => 60,
    frontExponent: 2,
    backExponent: 2,
  }, 0);
  const profile = new PolarProfile((direction) => outline(direction) + direction.left);
  assertAlmostEquals(profile.radius(PolarProfile.place(0, 1)), 60, 1e-9);
  assertAlmostEquals(profile.radius(PolarProfile.place(0, -1)), 40, 1e-9);
  assertAlmostEquals(profile.radius(PolarProfile.place(1, 0)), 101, 1e-9);
  assertAlmostEquals(profile.radius(PolarProfile.place(-1, 0)), 99, 1e-9);
  const turns = new PolarProfile(({ turn }) => turn);
  assertAlmostEquals(turns.radius(PolarProfile.place(0, 1)), 0, 1e-9);
  assertAlmostEquals(turns.radius(PolarProfile.place(0, -1)), 1, 1e-9);
  assertAlmostEquals(turns.radius(PolarProfile.place(-1, 0)), 0.5, 1e-9);
});

Deno.test("a sphere's section tells the distance to the sphere", () => {
  const sphere = { center: [10, -5, 20], radii: [15, 15, 15], axis: [1, 2, -0.5] } as const;
  for (const z of [8, 20, 30]) {
    const section = new EllipsoidSection(sphere, z);
    for (const [x, y] of [[10, -5], [20, 0], [-4, -12], [10, 15]] as const) {
      const expected = Math.hypot(x - 10, y + 5, z - 20) - 15;
      assertAlmostEquals(section.distance(x, y), expected < -14.99 ? -39 : expected, 1e-9);
    }
  }
});

Deno.test("an ellipsoid lies along its axis", () => {
  const section = new EllipsoidSection(
    { center: [0, 0, 0], radii: [40, 10, 10], axis: [1, 1, 0] },
    0,
  );
  const along = 40 / Math.SQRT2;
  const across = 10 / Math.SQRT2;
  assertAlmostEquals(section.distance(along, along), 0, 1e-9);
  assertAlmostEquals(section.distance(across, -across), 0, 1e-9);
  assertLess(section.distance(20, 20), 0);
  assertGreater(section.distance(20, -20), 0);
});

Deno.test("tubes tell the distance to the nearest, by any way of looking", () => {
  const tubes: Tube[] = [
    { from: [0, 0, -10], to: [30, 0, 20], fromRadius: 4, toRadius: 2, hounsfield: 100 },
    { from: [-50, 20, 5], to: [-20, 60, 5], fromRadius: 3, toRadius: 3, hounsfield: 200 },
    { from: [0, 0, 80], to: [0, 0, 90], fromRadius: 3, toRadius: 3, hounsfield: 300 },
  ];
  const z = 6;
  const section = new TubeSection(tubes, z, 12);
  for (let x = -60; x <= 60; x += 3.7) {
    for (let y = -30; y <= 80; y += 3.1) {
      const nearest = Math.min(...tubes.map((tube) => distanceTo(tube, x, y, z)));
      if (nearest < 12) assertAlmostEquals(section.distance(x, y), nearest, 1e-9);
      else assertGreater(section.distance(x, y), 12);
    }
  }
  assertEquals(section.distance(1000, 0), 1000);
});

Deno.test("tubes are painted over what is there, each over those before it", () => {
  const section = new TubeSection(
    [
      { from: [0, 0, 0], to: [50, 0, 0], fromRadius: 5, toRadius: 5, hounsfield: 100 },
      { from: [20, -20, 0], to: [20, 20, 0], fromRadius: 3, toRadius: 3, hounsfield: 200 },
      { from: [-40, -40, 0], to: [-40, 40, 0], fromRadius: 0.3, toRadius: 0.3, hounsfield: 200 },
    ],
    0,
    1,
  );
  assertEquals(section.paint(40, 0, -800), 100);
  assertEquals(section.paint(20, 0, -800), 200);
  assertEquals(section.paint(0, 30, -800), -800);
  assertAlmostEquals(section.paint(40, 5, -800), -350, 1e-9);
  // Thinner than a pixel: a shade of what it is.
  const thin = section.paint(-40, 0, -800);
  assert(thin > -800 && thin < -400, `${thin}`);
});

Deno.test("an interpolated distance is near the exact one", () => {
  const exact = (x: number, y: number): number => Math.hypot(x - 12, y + 7) - 20;
  let calls = 0;
  const field = new InterpolatedField((x, y) => {
    calls++;
    return exact(x, y);
  });
  for (let x = -30; x < 40; x += 0.7) {
    for (let y = -40; y < 30; y += 0.7) {
      if (exact(x, y) < -15) continue;
      assertAlmostEquals(field.distance(x, y), exact(x, y), 0.15);
    }
  }
  assertLess(calls, 1200);
});

Deno.test("noise has mean 0 and deviation 1, and depends on nothing but position", () => {
  for (const kind of ["grain", "texture"] as const) {
    let [count, sum, squares] = [0, 0, 0];
    for (let z = -90; z < 89; z += 5.8) {
      const noise = new NoiseSection(z);
      for (let x = -150; x < 150; x += 3.3) {
        for (let y = -100; y < 100; y += 4.1) {
          const value = noise[kind](x, y);
          count++;
          sum += value;
          squares += value * value;
        }
      }
    }
    assertAlmostEquals(sum / count, 0, 0.03);
    assertAlmostEquals(Math.sqrt(squares / count), 1, 0.03);
  }
  const [first, second] = [new NoiseSection(3), new NoiseSection(3)];
  second.grain(50, 50);
  assertEquals(first.grain(1, 2), second.grain(1, 2));
  assertEquals(first.texture(1, 2), second.texture(1, 2));
});

Deno.test("the table lies behind the patient and is the same on both sides", () => {
  assertEquals(tableHounsfield(0, 0), HOUNSFIELD.air);
  assertEquals(tableHounsfield(0, 134), HOUNSFIELD.tableShell);
  assertEquals(tableHounsfield(0, 150), HOUNSFIELD.tableFoam);
  assertEquals(tableHounsfield(0, 190), HOUNSFIELD.air);
  for (const x of [30, 88, 140, 166]) {
    for (let y = 100; y < 185; y += 1.3) {
      assertEquals(tableHounsfield(x, y), tableHounsfield(-x, y));
    }
  }
});

function distanceTo(
  { from, to, fromRadius, toRadius }: Tube,
  x: number,
  y: number,
  z: number,
): number {
  const axis = [0, 1, 2] as const;
  const point = [x, y, z] as const;
  const span = axis.map((index) => to[index] - from[index]);
  const along =
    axis.reduce<number>((sum, index) => sum + (point[index] - from[index]) * span[index]!, 0) /
    span.reduce((sum, part) => sum + part * part, 0);
  const t = Math.min(1, Math.max(0, along));
  const off = axis.map((index) => point[index] - from[index] - span[index]! * t);
  return Math.hypot(...off) - fromRadius - (toRadius - fromRadius) * t;
}
