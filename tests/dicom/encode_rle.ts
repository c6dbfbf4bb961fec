/** Encodes the bytes of a frame of 8-bit samples, or of their planes, as RLE Lossless: all literal. */
export function encodeRle(...planes: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const segments = planes.map((plane) => {
    const bytes: number[] = [];
    for (let at = 0; at < plane.length; at += 128) {
      const run = plane.subarray(at, at + 128);
      bytes.push(run.length - 1, ...run);
    }
    if (bytes.length % 2 === 1) bytes.push(128);
    return bytes;
  });
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let offset = 64;
  segments.forEach((segment, i) => {
    header[i + 1] = offset;
    offset += segment.length;
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...segments.flat()]);
}
