import { assertEquals } from "@std/assert";
import { jpegIsYbr } from "../../../../dicom/codecs/jpeg/jpeg_is_ybr.ts";
import type { JpegColorMarks } from "../../../../dicom/codecs/jpeg/jpeg_image.ts";

/** Marks of a stream of three components, but for what is given. */
function marks(ids: string, given: Partial<JpegColorMarks> = {}, luminance = 1): JpegColorMarks {
  const components = [...ids].map((id, i) => {
    return { id: id.charCodeAt(0), hSampling: i === 0 ? luminance : 1, vSampling: 1 };
  });
  return { components, adobeTransform: null, hasJfif: false, ...given };
}

const numbered = "\x01\x02\x03";

Deno.test("The stream's own marks decide on its color, whatever the header says", () => {
  for (const header of ["RGB", "YBR_FULL", "YBR_FULL_422", "YBR_PARTIAL_420"]) {
    assertEquals(jpegIsYbr(marks("RGB"), header), false);
    assertEquals(jpegIsYbr(marks("rgb", { hasJfif: true }), header), false);
    assertEquals(jpegIsYbr(marks(numbered, { hasJfif: true }), header), true);
    assertEquals(jpegIsYbr(marks(numbered, { adobeTransform: 0 }), header), false);
    assertEquals(jpegIsYbr(marks(numbered, { adobeTransform: 0 }, 2), header), false);
    assertEquals(jpegIsYbr(marks(numbered, { adobeTransform: 1 }), header), true);
    assertEquals(jpegIsYbr(marks(numbered, {}, 2), header), true);
  }
});

Deno.test("The header decides on the color of a stream without marks", () => {
  for (const ids of [numbered, "\x00\x01\x02", "YCc"]) {
    assertEquals(jpegIsYbr(marks(ids), "RGB"), false);
    assertEquals(jpegIsYbr(marks(ids), "YBR_FULL"), true);
    assertEquals(jpegIsYbr(marks(ids), "YBR_FULL_422"), true);
  }
});

Deno.test("Streams of other than three components are not YCbCr", () => {
  assertEquals(jpegIsYbr(marks("\x01", { hasJfif: true }), "YBR_FULL"), false);
  assertEquals(jpegIsYbr(marks("\x01\x02\x03\x04", { adobeTransform: 2 }), "YBR_FULL"), false);
});
