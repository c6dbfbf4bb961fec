import type { PixelImage } from "../../contrast/pixel_image.ts";

/**
 * Makes YUV 4:2:0 of an image, as encoders take it: all of luma, then each of the two chromas at
 * half the resolution.
 *
 * The colors are those of ITU-R BT.709 in its limited range: luma from 16 to 235.
 *
 * @param image An image, grey or RGB, of even sides
 */
export function toYuv({ width, height, channels, data }: PixelImage): Uint8Array<ArrayBuffer> {
  const pixels = width * height;
  const yuv = new Uint8Array(pixels * 3 / 2);
  if (channels === 1) {
    for (let pixel = 0; pixel < pixels; pixel++) yuv[pixel] = lumaOfGrey[data[pixel]!]!;
    return yuv.fill(noChroma, pixels);
  }
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * 3;
    yuv[pixel] = Math.round(16 + lumaOf(data[at]!, data[at + 1]!, data[at + 2]!) * 219 / 255);
  }
  let blue = pixels;
  let red = pixels * 5 / 4;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const above = (y * width + x) * 3;
      const below = above + width * 3;
      const sum = (channel: number) =>
        data[above + channel]! + data[above + 3 + channel]! +
        data[below + channel]! + data[below + 3 + channel]!;
      const [r, g, b] = [sum(0), sum(1), sum(2)];
      const luma = lumaOf(r, g, b);
      yuv[blue++] = chromaOf((b - luma) / (1 - blueShare));
      yuv[red++] = chromaOf((r - luma) / (1 - redShare));
    }
  }
  return yuv;
}

/** The shares of red and blue in luma. */
const redShare = 0.2126;
const blueShare = 0.0722;

const noChroma = 128;

const lumaOfGrey = Uint8Array.from({ length: 256 }, (_, grey) => Math.round(16 + grey * 219 / 255));

function lumaOf(red: number, green: number, blue: number): number {
  return green + (red - green) * redShare + (blue - green) * blueShare;
}

/** Chroma of the sum of four pixels' differences, which goes from −1020 to 1020. */
function chromaOf(difference: number): number {
  return Math.round(noChroma + difference * 112 / 1020);
}
