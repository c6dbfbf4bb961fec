import type { SampleImage } from "../dicom/codecs/encode_samples.ts";
import { seededRandom } from "./random.ts";

/** Makes a CT slice of signed values of 16 bits: a body of soft slopes and noise, in air. */
export function bodySlice(side: number, seed: number): SampleImage {
  const random = seededRandom(seed);
  const values = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) / side - 0.5;
    const y = Math.floor(i / side) / side - 0.5;
    const noise = (random() + random() + random() - 1.5) * 30;
    const inside = x * x / 0.2 + y * y / 0.12 < 1;
    const tissue = 40 + 60 * Math.sin(x * 21 + seed) * Math.cos(y * 17);
    return Math.round((inside ? tissue : -1000) + noise);
  });
  return { rows: side, columns: side, samplesPerPixel: 1, bits: 16, signed: true, values };
}
