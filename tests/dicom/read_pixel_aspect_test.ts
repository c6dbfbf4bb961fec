import { assertEquals } from "@std/assert";
import type { AttributeValues } from "@dicom/series-preview/dicom";
import { readPixelAspect } from "../../dicom/read_pixel_aspect.ts";

function aspect(given: AttributeValues, measures?: readonly number[]): number {
  return readPixelAspect(given, measures && { "00280030": { vr: "DS", Value: [...measures] } });
}

Deno.test("Pixels are as high as their spacing or aspect ratio says", () => {
  assertEquals(aspect({}), 1);
  assertEquals(aspect({ PixelSpacing: [2, 0.5] }), 4);
  assertEquals(aspect({ ImagerPixelSpacing: [2, 1] }), 2);
  assertEquals(aspect({ NominalScannedPixelSpacing: [0.1, 0.2] }), 0.5);
  assertEquals(aspect({ PixelAspectRatio: [1, 2] }), 0.5);
  assertEquals(aspect({}, [3, 1]), 3);
});

Deno.test("Of several shapes the one nearest to the patient counts", () => {
  const all = {
    PixelSpacing: [2, 1],
    ImagerPixelSpacing: [3, 1],
    NominalScannedPixelSpacing: [4, 1],
    PixelAspectRatio: [5, 1],
  };
  assertEquals(aspect(all, [6, 1]), 6);
  assertEquals(aspect(all), 2);
  const { PixelSpacing: _, ...projection } = all;
  assertEquals(aspect(projection), 3);
  const { ImagerPixelSpacing: __, ...film } = projection;
  assertEquals(aspect(film), 4);
});

Deno.test("A spacing that is none leaves the word to the next", () => {
  for (const odd of [[0, 1], [1, 0], [1000, 1], [1, 1000], [-1, 1], [1], [1, null], [0, 0], "x"]) {
    assertEquals(aspect({ PixelSpacing: odd }), 1, JSON.stringify(odd));
    assertEquals(aspect({ PixelSpacing: odd, PixelAspectRatio: [3, 2] }), 1.5, JSON.stringify(odd));
  }
  assertEquals(aspect({ PixelSpacing: [3, 1] }, [0, 0]), 3);
});
