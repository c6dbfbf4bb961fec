import png from "imagescript/png/node.js";

/** Decodes a PNG to RGBA. */
export function decodePng(
  bytes: Uint8Array,
): { width: number; height: number; pixels: Uint8Array } {
  const { width, height, pixels } = png.decode(bytes);
  return { width, height, pixels: new Uint8Array(pixels) };
}
