import { assert, assertEquals, assertLess } from "@std/assert";
import { resizeImage } from "../../mosaic/mod.ts";
import { reducedGrid } from "../../mosaic/sample_grid.ts";
import { testImage } from "./test_image.ts";

/** A slope, of which a reduced resolution is every 4th value of every 4th line. */
const value = (x: number, y: number) => x + y / 2;
const full = testImage(160, 120, 1, (x, y) => Math.round(value(x, y)));
const reduced = testImage(40, 30, 1, (x, y) => value(4 * x, 4 * y));
const grid = reducedGrid({ rows: 120, columns: 160 }, 2);

/** The greatest difference, but for the edges, where filters hang over. */
function difference(a: typeof full, b: typeof full): number {
  const differences = [...a.data].map((value, i) => {
    const [x, y] = [i % a.width, Math.floor(i / a.width)];
    const inside = x > 2 && y > 2 && x < a.width - 3 && y < a.height - 3;
    return inside ? Math.abs(value - b.data[i]!) : 0;
  });
  return Math.max(...differences);
}

Deno.test("a reduced resolution is drawn where the whole image is, not half a pixel beside it", () => {
  for (const size of [{ width: 40, height: 30 }, { width: 32, height: 25 }]) {
    const whole = resizeImage(full, size);
    assert(difference(resizeImage(reduced, size, grid), whole) <= 1);
    assert(difference(resizeImage(reduced, size), whole) >= 2);
  }
});

Deno.test("a side that halves leave a rest of is not stretched", () => {
  const columns = 157;
  const wide = testImage(columns, 30, 1, (x) => x);
  const quarter = testImage(Math.ceil(columns / 4), 8, 1, (x) => 4 * x);
  const size = { width: 38, height: 7 };
  const whole = resizeImage(wide, size);
  const drawn = resizeImage(quarter, size, reducedGrid({ rows: 30, columns }, 2));
  const line = (image: typeof wide) => [...image.data.subarray(3 * 38 + 3, 4 * 38 - 3)];
  line(drawn).forEach((value, i) => assertLess(Math.abs(value - line(whole)[i]!), 2));
});

Deno.test("a plain reduced resolution stays plain", () => {
  const plain = testImage(13, 9, 1, () => 77);
  const { data } = resizeImage(
    plain,
    { width: 13, height: 9 },
    reducedGrid({ rows: 65, columns: 103 }, 3),
  );
  assertEquals(new Set(data), new Set([77]));
});
