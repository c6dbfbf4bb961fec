/**
 * Resizing a 512×512 slice for a tile, by this project's code, which is WebAssembly or loops, and by
 * the two libraries that come nearest; grey and RGB. The libraries take RGBA, so that
 * widening the bytes to it and back is part of what they cost.
 *
 * Run with `deno bench -A bench/resize_bench.ts`; the figures are in REPORT.md.
 */
import resizeWithSquoosh, { initResize } from "@jsquash/resize";
import { Pica } from "pica";
import type { PixelImage } from "../contrast/pixel_image.ts";
import { lanczosWeights } from "../mosaic/resize/lanczos_weights.ts";
import { resizeByLoops } from "../mosaic/resize/resize_by_loops.ts";
import { resizeImage } from "../mosaic/resize_image.ts";

const side = 512;
const grey: PixelImage = {
  width: side,
  height: side,
  channels: 1,
  data: Uint8Array.from(
    { length: side * side },
    (_, index) => 128 + 127 * Math.sin((index % side) ** 2 / 999 + (index / side) ** 2 / 777),
  ),
};
const rgb: PixelImage = { ...grey, channels: 3, data: toChannels(grey, 3) };

await initResize();
const pica = new Pica({ features: ["js", "wasm"] });

for (const target of [256, 128, 768]) {
  for (const image of [grey, rgb]) {
    const group = `${side}² → ${target}², ${image.channels === 1 ? "grey" : "RGB"}`;
    Deno.bench("resizeImage", { group, baseline: true }, () => {
      resizeImage(image, { width: target, height: target });
    });
    Deno.bench("the same by loops", { group }, () => {
      const axis = lanczosWeights(side, target);
      resizeByLoops(image, { across: axis, down: axis });
    });
    Deno.bench("@jsquash/resize", { group }, async () => {
      const source = new ImageData(toChannels(image, 4), side, side);
      const resized = await resizeWithSquoosh(source, {
        width: target,
        height: target,
        method: "lanczos3",
        premultiply: false,
        linearRGB: false,
      });
      toChannels({ channels: 4, data: new Uint8Array(resized.data.buffer) }, image.channels);
    });
    Deno.bench("pica", { group }, async () => {
      const data = await pica.resizeBuffer({
        src: new Uint8Array(toChannels(image, 4).buffer),
        width: side,
        height: side,
        toWidth: target,
        toHeight: target,
        filter: "lanczos3",
      });
      toChannels({ channels: 4, data }, image.channels);
    });
  }
}

/** Copies the first channel, or the first three, into pixels of another number of channels. */
function toChannels(
  image: { channels: number; data: Uint8Array | Uint8ClampedArray },
  channels: number,
): Uint8ClampedArray<ArrayBuffer> {
  const count = image.data.length / image.channels;
  const output = new Uint8ClampedArray(count * channels).fill(255);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < Math.min(channels, 3); channel++) {
      output[pixel * channels + channel] = image
        .data[pixel * image.channels + (image.channels === 1 ? 0 : channel)]!;
    }
  }
  return output;
}
