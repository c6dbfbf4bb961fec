import type { PixelImage } from "../../contrast/mod.ts";

/** An image whose bytes are told by place and channel. */
export function testImage(
  width: number,
  height: number,
  channels: 1 | 3,
  value: (x: number, y: number, channel: number) => number,
): PixelImage {
  const data = new Uint8Array(width * height * channels);
  for (let index = 0; index < data.length; index++) {
    const pixel = Math.floor(index / channels);
    data[index] = value(pixel % width, Math.floor(pixel / width), index % channels);
  }
  return { width, height, channels, data };
}

/** The bytes of one pixel. */
export function pixelAt(image: PixelImage, x: number, y: number): number[] {
  const at = (y * image.width + x) * image.channels;
  return [...image.data.subarray(at, at + image.channels)];
}
