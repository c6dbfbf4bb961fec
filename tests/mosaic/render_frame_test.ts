import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import { parseContrast, resolveVoi } from "../../contrast/mod.ts";
import { UsageError } from "../../errors.ts";
import { createSingleImage, renderFrame } from "../../mosaic/mod.ts";
import { sampleDescription } from "../contrast/sample_description.ts";
import golden from "./slice_golden.json" with { type: "json" };

const voi = { kind: "window", center: 127.5, width: 255, function: "LINEAR_EXACT" } as const;

Deno.test("a frame is drawn, then resized", () => {
  const frame = { rows: 2, columns: 4, samplesPerPixel: 1, data: new Int16Array(8).fill(9) };
  const description = sampleDescription({ rows: 2, columns: 4 });
  const image = renderFrame(frame, description, voi, { width: 2, height: 3 });
  assertEquals(image, { width: 2, height: 3, channels: 1, data: new Uint8Array(6).fill(9) });
});

Deno.test("a single image has the frame's own pixels, or the sides asked for", () => {
  const sizeOf = (options: { width?: number; height?: number }, pixelAspect = 1) => {
    const frame = { rows: 6, columns: 8, samplesPerPixel: 1, data: new Uint8Array(48) };
    const description = sampleDescription({ rows: 6, columns: 8, pixelAspect });
    const { width, height } = createSingleImage(frame, description, voi, options);
    return [width, height];
  };
  assertEquals(sizeOf({}), [8, 6]);
  assertEquals(sizeOf({}, 2), [8, 12]);
  assertEquals(sizeOf({}, 0.5), [16, 6]);
  assertEquals(sizeOf({ width: 4 }), [4, 3]);
  assertEquals(sizeOf({ width: 4 }, 2), [4, 6]);
  assertEquals(sizeOf({ height: 12 }), [16, 12]);
  assertEquals(sizeOf({ width: 100, height: 30 }), [40, 30]);
  assertEquals(sizeOf({ width: 1 }, 0.1), [1, 1]);
});

Deno.test("a single image's sides are checked", () => {
  const frame = { rows: 90, columns: 1, samplesPerPixel: 1, data: new Uint8Array(90) };
  const description = sampleDescription({ rows: 90, columns: 1 });
  for (const value of [0, 1.5, 16385]) {
    for (const options of [{ width: value }, { height: value }]) {
      assertThrows(
        () => createSingleImage(frame, description, voi, options),
        UsageError,
        `is ${value}`,
      );
    }
  }
  assertThrows(
    () => createSingleImage(frame, description, voi, { width: 200 }),
    UsageError,
    "200 × 18000",
  );
});

Deno.test("a CT slice at three windows is drawn as NumPy and Pillow draw it", async () => {
  let file: Uint8Array;
  try {
    file = await Deno.readFile(new URL(`../../../shared/data/${golden.file}`, import.meta.url));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    // deno-lint-ignore no-console
    console.log("skipped: the shared test data is not here");
    return;
  }
  // The header is 2,690 bytes, and explicit VR puts 12 more before the pixels.
  const data = new Int16Array(file.slice(2702, 2702 + 512 * 512 * 2).buffer);
  const frame = { rows: 512, columns: 512, samplesPerPixel: 1, data };
  const description = sampleDescription({
    rows: 512,
    columns: 512,
    rescaleIntercept: -1024,
    padding: { low: -2000, high: -2000 },
  });
  for (const { contrast, output } of golden.tiles) {
    const sliceVoi = resolveVoi(parseContrast(contrast), description, voi);
    const image = renderFrame(frame, description, sliceVoi, { width: 32, height: 32 });
    const expected = Uint8Array.from(atob(output), (char) => char.charCodeAt(0));
    image.data.forEach((value, index) => assertLessOrEqual(Math.abs(value - expected[index]!), 1));
  }
});
