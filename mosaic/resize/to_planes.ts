/** Puts the channels one after another. */
export function toPlanes(data: Uint8Array | Uint8ClampedArray, channels: number): Uint8Array {
  const planes = new Uint8Array(data.length);
  const pixels = data.length / channels;
  let to = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) planes[to++] = data[pixel * channels + channel]!;
  }
  return planes;
}
