import type { PixelImage } from "../contrast/pixel_image.ts";
import type { ImageSize } from "./image_size.ts";

const background = 32;
const line = 160;

/** A tile that stands for an image that could not be had: dark, with a border and a cross. */
export function failedTile({ width, height }: ImageSize): PixelImage {
  const data = new Uint8Array(width * height).fill(background);
  const mark = (x: number, y: number) => data[Math.round(y) * width + Math.round(x)] = line;
  const steps = Math.max(width, height) - 1;
  for (let step = 0; step <= steps; step++) {
    const share = steps === 0 ? 0 : step / steps;
    const x = share * (width - 1);
    const y = share * (height - 1);
    mark(x, y);
    mark(width - 1 - x, y);
    mark(x, 0);
    mark(x, height - 1);
    mark(0, y);
    mark(width - 1, y);
  }
  return { width, height, channels: 1, data };
}
