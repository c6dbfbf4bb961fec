import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { displayAspect, fitInside } from "../../mosaic/mod.ts";

Deno.test("an image fits by the side that is short of room", () => {
  assertEquals(fitInside({ width: 300, height: 100 }, 0.5), { width: 200, height: 100 });
  assertEquals(fitInside({ width: 100, height: 300 }, 0.5), { width: 100, height: 50 });
  assertEquals(fitInside({ width: 10, height: 2 }, 100), { width: 1, height: 2 });
});

Deno.test("a box that is off by the rounding of a pixel is filled", () => {
  assertEquals(fitInside({ width: 257, height: 256 }, 1), { width: 257, height: 256 });
  assertEquals(fitInside({ width: 257, height: 250 }, 1), { width: 250, height: 250 });
});

Deno.test("the fit is inside, touches two sides, and keeps the aspect within a pixel's rounding", () => {
  const side = fc.integer({ min: 1, max: 2000 });
  const aspect = fc.double({ min: 0.1, max: 10, noNaN: true });
  fc.assert(
    fc.property(side, side, aspect, (width, height, aspect) => {
      const fit = fitInside({ width, height }, aspect);
      assert(fit.width >= 1 && fit.height >= 1 && fit.width <= width && fit.height <= height);
      assert(fit.width === width || fit.height === height);
      assertLessOrEqual((fit.width - 1) * aspect, fit.height + 1);
      assertLessOrEqual(fit.height - 1, (fit.width + 1) * aspect);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("the aspect counts pixels by their shape", () => {
  assertEquals(displayAspect({ rows: 100, columns: 200, pixelAspect: 1 }), 0.5);
  assertEquals(displayAspect({ rows: 100, columns: 200, pixelAspect: 3 }), 1.5);
});
