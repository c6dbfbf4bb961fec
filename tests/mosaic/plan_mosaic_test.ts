import { assert, assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../errors.ts";
import { fitInside, type MosaicLayout, planGrid, planMosaic } from "../../mosaic/mod.ts";

const count = fc.integer({ min: 1, max: 12 });
const grids = fc.tuple(count, count).chain(([columns, rows]) =>
  fc.integer({ min: 1, max: columns * rows }).map((samples) => ({ columns, rows, samples }))
);
// Small enough that no side that follows is beyond bounds.
const side = fc.integer({ min: 12, max: 270 });
const aspect = fc.double({ min: 0.2, max: 5, noNaN: true });

/** The cells are on a grid without gaps, inside the picture, and differ by one pixel at most. */
function assertCells(layout: MosaicLayout): void {
  const { columns, rows, samples, width, height, cells } = layout;
  assertEquals(cells.length, samples);
  cells.forEach(({ x, y, ...cell }, index) => {
    assert(cell.width >= 1 && cell.height >= 1);
    assertLessOrEqual(Math.abs(cell.width - width / columns), 1);
    assertLessOrEqual(Math.abs(cell.height - height / rows), 1);
    const left = index % columns === 0 ? null : cells[index - 1]!;
    const above = index < columns ? null : cells[index - columns]!;
    assertEquals(x, left === null ? 0 : left.x + left.width);
    assertEquals(y, above === null ? 0 : above.y + above.height);
    if (index % columns === columns - 1) assertEquals(x + cell.width, width);
    if (index >= columns * (rows - 1)) assertEquals(y + cell.height, height);
  });
}

Deno.test("a mosaic is 768 wide when no side is given", () => {
  const { width, height } = planMosaic(planGrid(), { tileAspect: 1 });
  assertEquals([width, height], [768, 768]);
  assertEquals(planMosaic(planGrid({ samples: 2 }), { tileAspect: 1.5 }).height, 576);
});

Deno.test("the other side follows from the one given", () => {
  const grid = planGrid({ columns: 4, rows: 2 });
  assertEquals(planMosaic(grid, { width: 1000, tileAspect: 1 }).height, 500);
  assertEquals(planMosaic(grid, { height: 1000, tileAspect: 1 }).width, 2000);
  assertEquals(planMosaic(grid, { height: 1000, tileAspect: 2 }).width, 1000);
});

Deno.test("the picture has exactly the sides that are given, and cells share them out", () => {
  fc.assert(
    fc.property(
      grids,
      side,
      side,
      aspect,
      fc.constantFrom("width", "height", "both"),
      (grid, width, height, tileAspect, given) => {
        const layout = planMosaic(grid, {
          width: given === "height" ? undefined : width,
          height: given === "width" ? undefined : height,
          tileAspect,
        });
        if (given !== "height") assertEquals(layout.width, width);
        if (given !== "width") assertEquals(layout.height, height);
        assertEquals([layout.columns, layout.rows], [grid.columns, grid.rows]);
        assertCells(layout);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("tiles fill their cells unless both sides are given", () => {
  fc.assert(
    fc.property(grids, side, aspect, fc.boolean(), (grid, given, tileAspect, wide) => {
      const layout = planMosaic(grid, { [wide ? "width" : "height"]: given, tileAspect });
      for (const { width, height } of layout.cells) {
        assertEquals(fitInside({ width, height }, tileAspect), { width, height });
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("shrinking to fit leaves no empty row or column and no black around tiles", () => {
  fc.assert(
    fc.property(grids, side, side, aspect, (grid, width, height, tileAspect) => {
      const options = { width, height, tileAspect };
      const layout = planMosaic(grid, { ...options, shrinkToFit: true });
      assert(layout.width <= width && layout.height <= height);
      assert(layout.columns <= layout.samples);
      assert((layout.rows - 1) * layout.columns < layout.samples);
      assertCells(layout);
      for (const { width, height } of layout.cells) {
        assertEquals(fitInside({ width, height }, tileAspect), { width, height });
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("shrinking to fit keeps the side that holds the tiles back", () => {
  const grid = planGrid({ columns: 3, rows: 2 });
  const options = { width: 900, height: 900, tileAspect: 1, shrinkToFit: true };
  const { width, height } = planMosaic(grid, options);
  assertEquals([width, height], [900, 600]);
  const cut = planMosaic({ columns: 5, rows: 4, samples: 3 }, options);
  assertEquals([cut.columns, cut.rows, cut.width, cut.height], [3, 1, 540, 180]);
});

Deno.test("sides that are not whole, out of bounds or too small for the grid are usage errors", () => {
  const grid = planGrid({ columns: 4, rows: 3 });
  for (const value of [0, 2, -5, 99.5, NaN, 16385]) {
    assertThrows(() => planMosaic(grid, { width: value, tileAspect: 1 }), UsageError, "width is");
    assertThrows(() => planMosaic(grid, { height: value, tileAspect: 1 }), UsageError, "height is");
  }
  assertThrows(
    () => planMosaic(planGrid({ columns: 1000 }), { tileAspect: 1 }),
    UsageError,
    "1000 columns do not fit in 768 pixels",
  );
  assertEquals(planMosaic(grid, { width: 4, height: 3, tileAspect: 1 }).cells.length, 12);
});

Deno.test("a side that would follow beyond 16,384 pixels is a usage error", () => {
  const grid = planGrid({ columns: 1, rows: 9 });
  assertThrows(
    () => planMosaic(grid, { width: 2000, tileAspect: 1 }),
    UsageError,
    "2000 × 18000 pixels",
  );
});
