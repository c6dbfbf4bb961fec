import { assertEquals, assertLessOrEqual } from "@std/assert";
import { cielabToSrgb } from "../../dicom/cielab_to_srgb.ts";

/** A value in the encoding of PS3.3 C.10.7.1.1. */
function encode(lightness: number, a: number, b: number): [number, number, number] {
  const chroma = (value: number) => Math.round((value + 128) / 255 * 65535);
  return [Math.round(lightness / 100 * 65535), chroma(a), chroma(b)];
}

/** L*, a* and b* of D50 as CSS Color 4 and common converters give them for sRGB. */
const known: readonly [lab: readonly [number, number, number], srgb: readonly number[]][] = [
  [[0, 0, 0], [0, 0, 0]],
  [[100, 0, 0], [255, 255, 255]],
  [[53.585, 0, 0], [128, 128, 128]],
  [[54.29, 80.81, 69.89], [255, 0, 0]],
  [[87.82, -79.29, 80.99], [0, 255, 0]],
  [[29.57, 68.3, -112.03], [0, 0, 255]],
  [[97.61, -15.75, 93.39], [255, 255, 0]],
  [[32.39, 38.43, -47.69], [102, 51, 153]],
];

Deno.test("CIELab of D50 is the sRGB color that it is of", () => {
  for (const [lab, srgb] of known) {
    const found = cielabToSrgb(encode(...lab));
    found.forEach((channel, i) => {
      // Published values have two decimals, of which a dark channel makes a step or two.
      assertLessOrEqual(Math.abs(channel - srgb[i]!), 2, `${lab}: ${found}`);
    });
  }
});

Deno.test("Recommended colors of real segments are those that LittleCMS gives", () => {
  // Made with its relative colorimetric intent, from Lab of D50 in 8 bits.
  const expected: readonly [readonly [number, number, number], readonly number[]][] = [
    [[41661, 41167, 40792], [217, 130, 100]],
    [[43803, 26565, 37722], [123, 174, 126]],
    [[56638, 32899, 42533], [234, 214, 145]],
  ];
  for (const [encoded, srgb] of expected) {
    cielabToSrgb(encoded).forEach((channel, i) =>
      assertLessOrEqual(Math.abs(channel - srgb[i]!), 1)
    );
  }
});

Deno.test("The ends of the encoding are inside sRGB, and 8080H is without a hue", () => {
  for (const lightness of [0, 20000, 65535]) {
    const [red, green, blue] = cielabToSrgb([lightness, 0x8080, 0x8080]);
    assertEquals([green, blue], [red, red]);
    for (const a of [0, 65535]) {
      for (const b of [0, 65535]) {
        const color = cielabToSrgb([lightness, a, b]);
        for (const channel of color) assertEquals(channel, Math.min(255, Math.max(0, channel)));
      }
    }
  }
});
