/** Puts the channels of RGB one after another. */
export function toPlanes(data: Uint8Array | Uint8ClampedArray): Uint8Array {
  const planes = new Uint8Array(data.length);
  const pixels = data.length / 3 | 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    planes[pixel] = data[3 * pixel]!;
    planes[pixel + pixels] = data[3 * pixel + 1]!;
    planes[pixel + 2 * pixels] = data[3 * pixel + 2]!;
  }
  return planes;
}
