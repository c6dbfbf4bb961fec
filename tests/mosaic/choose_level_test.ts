import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { chooseLevel } from "../../mosaic/mod.ts";

const slice = { rows: 512, columns: 512 };

Deno.test("a level is the highest at which the image is still as large as it is drawn", () => {
  const drawn = (width: number, height = width) => chooseLevel(slice, { width, height });
  assertEquals([600, 512, 257, 256, 129, 128, 64, 1].map((side) => drawn(side)), [
    ...[0, 0, 0, 1, 1, 2, 3, 32],
  ]);
  assertEquals([drawn(128, 300), drawn(300, 128)], [0, 0]);
  // Halves are rounded up, as the codestream does.
  assertEquals(chooseLevel({ rows: 511, columns: 509 }, { width: 128, height: 128 }), 2);
});

Deno.test("an image is never reduced below the size it is drawn at", () => {
  const side = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(side, side, side, side, (rows, columns, width, height) => {
      const level = chooseLevel({ rows, columns }, { width, height });
      assert(level === 0 || Math.ceil(rows / 2 ** level) >= height);
      assert(level === 0 || Math.ceil(columns / 2 ** level) >= width);
    }),
    { seed: 3, numRuns: 300 },
  );
});
