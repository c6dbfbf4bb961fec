import { assertEquals } from "@std/assert";
import { toYuv } from "../../mosaic/video/to_yuv.ts";

/** YUV of a color that fills an image of 2 × 2 pixels. */
function yuvOf(...rgb: [number, number, number]): number[] {
  const data = Uint8Array.from([...rgb, ...rgb, ...rgb, ...rgb]);
  const [first, second, third, fourth, ...chroma] = toYuv({
    width: 2,
    height: 2,
    channels: 3,
    data,
  });
  assertEquals([second, third, fourth], [first, first, first]);
  return [first!, ...chroma];
}

Deno.test("grey is luma of the limited range, without chroma", () => {
  const image = { width: 2, height: 2, channels: 1, data: Uint8Array.of(0, 255, 128, 1) } as const;
  assertEquals([...toYuv(image)], [16, 235, 126, 17, 128, 128]);
});

Deno.test("grey in RGB is the same grey", () => {
  for (const grey of [0, 1, 100, 128, 254, 255]) {
    const data = new Uint8Array(4).fill(grey);
    const [luma] = toYuv({ width: 2, height: 2, channels: 1, data });
    assertEquals(yuvOf(grey, grey, grey), [luma, 128, 128]);
  }
});

// The bars of 100% of ITU-R BT.709-6, in 8 bits of the limited range.
const bars: readonly [name: string, rgb: [number, number, number], yuv: number[]][] = [
  ["yellow", [255, 255, 0], [219, 16, 138]],
  ["cyan", [0, 255, 255], [188, 154, 16]],
  ["green", [0, 255, 0], [173, 42, 26]],
  ["magenta", [255, 0, 255], [78, 214, 230]],
  ["red", [255, 0, 0], [63, 102, 240]],
  ["blue", [0, 0, 255], [32, 240, 118]],
];
for (const [name, rgb, yuv] of bars) {
  Deno.test(`${name} is what ITU-R BT.709 says`, () => assertEquals(yuvOf(...rgb), yuv));
}

Deno.test("chroma is the mean of the four pixels it stands for", () => {
  const [red, blue] = [[255, 0, 0], [0, 0, 255]] as const;
  const data = Uint8Array.from([red, red, blue, blue, red, red, blue, blue].flat());
  const yuv = [...toYuv({ width: 4, height: 2, channels: 3, data })];
  assertEquals(yuv, [63, 63, 32, 32, 63, 63, 32, 32, 102, 240, 240, 118]);
  const mixed = Uint8Array.from([red, blue, blue, red].flat());
  const [, , , , ...chroma] = toYuv({ width: 2, height: 2, channels: 3, data: mixed });
  assertEquals(chroma, [171, 179]);
});
