import { assert, assertEquals, assertGreaterOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NoImageError, UsageError } from "../../errors.ts";
import { planGrid } from "../../mosaic/mod.ts";

const count = fc.integer({ min: 1, max: 400 });
const maybe = fc.option(count, { nil: undefined });

Deno.test("nine samples are asked for by default, in a square", () => {
  assertEquals(planGrid(), { columns: 3, rows: 3, samples: 9 });
});

Deno.test("columns are the root of n rounded up, and rows follow", () => {
  for (const [samples, columns, rows] of [[1, 1, 1], [2, 2, 1], [5, 3, 2], [7, 3, 3], [10, 4, 3]]) {
    assertEquals(planGrid({ samples }), { columns, rows, samples });
  }
});

Deno.test("of columns and rows, the one given is kept and the other follows from n", () => {
  assertEquals(planGrid({ columns: 4 }), { columns: 4, rows: 3, samples: 9 });
  assertEquals(planGrid({ rows: 2 }), { columns: 5, rows: 2, samples: 9 });
  assertEquals(planGrid({ columns: 12 }), { columns: 12, rows: 1, samples: 9 });
  assertEquals(planGrid({ rows: 3, samples: 7 }), { columns: 3, rows: 3, samples: 7 });
});

Deno.test("columns and rows without n ask for as many samples as there are cells", () => {
  assertEquals(planGrid({ columns: 6, rows: 5 }), { columns: 6, rows: 5, samples: 30 });
});

Deno.test("columns and rows are both kept where n is smaller", () => {
  assertEquals(planGrid({ columns: 4, rows: 4, samples: 5 }), { columns: 4, rows: 4, samples: 5 });
});

Deno.test("more samples than cells are a usage error", () => {
  const error = assertThrows(() => planGrid({ columns: 2, rows: 3, samples: 7 }), UsageError);
  assertEquals(error.message.startsWith("7 samples do not fit in 2 columns × 3 rows"), true);
});

Deno.test("fewer slices than asked for shrink the grid", () => {
  assertEquals(planGrid({ sliceCount: 3 }), { columns: 2, rows: 2, samples: 3 });
  assertEquals(planGrid({ samples: 36, sliceCount: 2 }), { columns: 2, rows: 1, samples: 2 });
  assertEquals(planGrid({ columns: 4, rows: 4, sliceCount: 6 }), {
    columns: 4,
    rows: 2,
    samples: 6,
  });
  assertEquals(planGrid({ columns: 4, sliceCount: 2 }), { columns: 2, rows: 1, samples: 2 });
  assertEquals(planGrid({ rows: 4, sliceCount: 5 }), { columns: 2, rows: 3, samples: 5 });
  assertEquals(planGrid({ sliceCount: 9 }), planGrid());
  assertEquals(planGrid({ sliceCount: 500 }), planGrid());
});

Deno.test("every grid holds its samples, and keeps to what was asked", () => {
  fc.assert(
    fc.property(maybe, maybe, maybe, maybe, (samples, columns, rows, sliceCount) => {
      fc.pre(!columns || !rows || (samples ?? columns * rows) <= Math.min(columns * rows, 65_536));
      const grid = planGrid({ samples, columns, rows, sliceCount });
      const asked = samples ?? (columns && rows ? columns * rows : 9);
      assertEquals(grid.samples, Math.min(asked, sliceCount ?? asked));
      assertGreaterOrEqual(grid.columns * grid.rows, grid.samples);
      if (grid.samples === asked) {
        assertEquals(grid.columns, columns ?? grid.columns);
        assertEquals(grid.rows, rows ?? grid.rows);
      } else {
        assert(grid.columns <= grid.samples, "no column is empty");
        assert((grid.rows - 1) * grid.columns < grid.samples, "no row is empty");
        assert(grid.columns <= (columns ?? Infinity) && grid.rows <= (rows ?? Infinity));
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("numbers that are not whole, or out of bounds, are usage errors", () => {
  for (const value of [0, -1, 1.5, NaN, Infinity, 16385]) {
    assertThrows(() => planGrid({ columns: value }), UsageError, `columns is ${value}`);
    assertThrows(() => planGrid({ rows: value }), UsageError, `rows is ${value}`);
    if (value !== 16385) {
      assertThrows(() => planGrid({ samples: value }), UsageError, `samples is ${value}`);
    }
  }
});

Deno.test("no slices at all are no image", () => {
  assertThrows(() => planGrid({ sliceCount: 0 }), NoImageError);
});
