import { UsageError } from "@dicom/series-preview";
import { labelTiles } from "@dicom/series-preview/mosaic";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { glyphRows, glyphSize } from "../../mosaic/glyph_rows.ts";
import { testImage } from "./test_image.ts";

/** Labels a plain grey image of one cell; `#` is white, `.` is black, a blank is the grey. */
function draw(lines: readonly string[], width: number, height: number, channels: 1 | 3 = 1) {
  const image = testImage(width, height, channels, () => 128);
  const layout = { cells: [{ x: 0, y: 0, width, height }] };
  const { data } = labelTiles(image, [lines], layout);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const value = data[(y * width + x) * channels]!;
      return value === 255 ? "#" : value === 0 ? "." : " ";
    }).join(""));
}

Deno.test("a letter is drawn white, outlined in black on all sides, inside a margin", () => {
  assertEquals(draw(["A"], 14, 16), [
    "              ",
    "              ",
    "              ",
    "    ...       ",
    "   ..#..      ",
    "  ..#.#..     ",
    "  .#...#.     ",
    "  .#...#.     ",
    "  .#####.     ",
    "  .#...#.     ",
    "  .#. .#.     ",
    "  ... ...     ",
    "              ",
    "              ",
    "              ",
    "              ",
  ]);
});

Deno.test("every printable character has a glyph of its own", () => {
  const glyphs = Array.from({ length: 95 }, (_, i) => glyphRows(String.fromCharCode(32 + i)));
  for (const rows of glyphs) {
    assertEquals(rows.length, glyphSize.height);
    assert(rows.every((row) => row >= 0 && row < 64));
  }
  assertEquals(glyphs[0]!.some((row) => row !== 0), false);
  assertEquals(new Set(glyphs.map(String)).size, 95);
});

Deno.test("letters are upright, and not mirrored", () => {
  const shape = (character: string) =>
    glyphRows(character).map((row) => row.toString(2).padStart(6, "0")).slice(1, 8);
  assertEquals(shape("F"), "111110 100000 100000 111100 100000 100000 100000".split(" "));
  assertEquals(shape("7"), "111110 000010 000100 000100 001000 010000 010000".split(" "));
});

Deno.test("any character that is not printable ASCII is a question mark", () => {
  for (const text of ["é", "\n", "\x1b", "−", "😀", "\u202e", "\ud800"]) {
    assertEquals(draw([text], 20, 20), draw(["?"], 20, 20), JSON.stringify(text));
  }
  assertNotEquals(draw(["?"], 20, 20), draw(["A"], 20, 20));
});

Deno.test("letters grow in large cells by whole factors", () => {
  const [small, large] = [draw(["#7"], 256, 256), draw(["#7"], 512, 700)];
  const doubled = small.slice(0, 40).flatMap((row) => {
    const wide = [...row.slice(0, 100)].map((pixel) => pixel + pixel).join("");
    return [wide, wide];
  });
  assertEquals(large.slice(0, 80).map((row) => row.slice(0, 200)), doubled);
  assertEquals(
    draw(["#7"], 511, 700).slice(0, 40).map((row) => row.slice(0, 100)),
    small.slice(0, 40).map((row) => row.slice(0, 100)),
  );
});

Deno.test("a label never leaves its cell, and what does not fit is left out", () => {
  const text = ["MMMMMMMM MMMMMMMM  MMMM", "WWWW", "@@@@@@@@@@@@@@@@@@@@@@"];
  for (let width = 1; width < 40; width += 1) {
    const cell = { x: 5, y: 3, width, height: 45 - width };
    const image = testImage(60, 60, 3, () => 128);
    const { data } = labelTiles(image, [text], { cells: [cell] });
    let inside = 0;
    for (let at = 0; at < 60 * 60; at++) {
      if (data[at * 3] === 128) continue;
      const [x, y] = [at % 60 - cell.x, Math.floor(at / 60) - cell.y];
      assert(x >= 0 && x < width && y >= 0 && y < cell.height, `${width}: ${x}, ${y}`);
      inside++;
    }
    assertEquals(inside > 0, width >= 12 && cell.height >= 16, String(width));
  }
});

Deno.test("color is labeled as grey is, each cell with its own label, and the picture is kept", () => {
  assertEquals(draw(["Ab"], 24, 20, 3), draw(["Ab"], 24, 20));
  const image = testImage(48, 20, 1, () => 128);
  const cells = [0, 24].map((x) => ({ x, y: 0, width: 24, height: 20 }));
  const { data } = labelTiles(image, [[], ["Ab"]], { cells });
  assertEquals(image.data.every((value) => value === 128), true);
  const half = (left: number) =>
    Array.from({ length: 20 }, (_, y) => [...data.slice(y * 48 + left, y * 48 + left + 24)]).flat();
  assertEquals(half(0).every((value) => value === 128), true);
  assertEquals(half(24), [
    ...labelTiles(testImage(24, 20, 1, () => 128), [["Ab"]], {
      cells: [{ x: 0, y: 0, width: 24, height: 20 }],
    }).data,
  ]);
});

Deno.test("there is a label for every cell, or an error", () => {
  const cells = [{ x: 0, y: 0, width: 9, height: 9 }];
  assertThrows(
    () => labelTiles(testImage(9, 9, 1, () => 0), [], { cells }),
    UsageError,
    "0 labels",
  );
});
