import { UsageError } from "@dicom/series-preview";
import { fitInside, planVideo, type VideoLayout } from "@dicom/series-preview/mosaic";
import { assertEquals, assertThrows } from "@std/assert";

function picture(columns: number, rows: number, pixelAspect = 1) {
  return { rows, columns, pixelAspect };
}

function sizes({ width, height, cells: [cell] }: VideoLayout): [number, number, number, number] {
  assertEquals([cell.x, cell.y], [0, 0]);
  return [width, height, cell.width, cell.height];
}

Deno.test("a video is as large as its pictures, with square pixels", () => {
  assertEquals(sizes(planVideo([picture(512, 256)])), [512, 256, 512, 256]);
  assertEquals(sizes(planVideo([picture(512, 256, 2)])), [512, 512, 512, 512]);
  assertEquals(sizes(planVideo([picture(512, 256, 0.5)])), [1024, 256, 1024, 256]);
});

Deno.test("an odd side keeps its pixels and gets one that is black", () => {
  assertEquals(sizes(planVideo([picture(301, 201)])), [302, 202, 301, 201]);
  assertEquals(sizes(planVideo([picture(64, 64)], { width: 33 })), [34, 34, 33, 33]);
  assertEquals(sizes(planVideo([picture(1, 1)])), [2, 2, 1, 1]);
});

Deno.test("no side is beyond 1024 unless a width is asked for", () => {
  assertEquals(sizes(planVideo([picture(3000, 1500)])), [1024, 512, 1024, 512]);
  assertEquals(sizes(planVideo([picture(1500, 3000)])), [512, 1024, 512, 1024]);
  assertEquals(sizes(planVideo([picture(100_000, 80_000)])), [1024, 820, 1024, 819]);
  assertEquals(sizes(planVideo([picture(3000, 1500)], { width: 2000 })), [2000, 1000, 2000, 1000]);
});

Deno.test("pictures of several sizes all fit, none smaller than it is", () => {
  const pictures = [picture(256, 512), picture(512, 256), picture(128, 128)];
  const layout = planVideo(pictures);
  assertEquals(sizes(layout), [512, 512, 512, 512]);
  assertEquals(fitInside(layout.cells[0], 2), { width: 256, height: 512 });
});

Deno.test("a width out of bounds is refused, and one whose height would be", () => {
  for (const width of [0, -2, 4097, 1.5, NaN]) {
    assertThrows(() => planVideo([picture(64, 64)], { width }), UsageError, "width is");
  }
  assertThrows(
    () => planVideo([picture(64, 200)], { width: 4096 }),
    UsageError,
    "the video would be 4096 × 12800 pixels: no side may be beyond 4096",
  );
});
