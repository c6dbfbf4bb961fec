import type { SampleImage } from "../tests/dicom/codecs/encode_samples.ts";
import { seededRandom } from "../tests/support/random.ts";

/** Pixels of a row and of a column of {@linkcode makeSlice}. */
export const side = 512;

/** Makes a CT slice of 512×512 signed values of 16 bits: a body of soft slopes and noise, in air. */
export function makeSlice(): SampleImage {
  const random = seededRandom(1);
  const values = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) / side - 0.5;
    const y = Math.floor(i / side) / side - 0.5;
    const noise = (random() + random() + random() - 1.5) * 25;
    const inside = x * x / 0.2 + y * y / 0.12 < 1;
    return Math.round(inside ? 40 + 60 * Math.sin(x * 21) * Math.cos(y * 17) + noise : -1000);
  });
  return { rows: side, columns: side, samplesPerPixel: 1, bits: 16, signed: true, values };
}
