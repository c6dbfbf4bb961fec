import type { ImageDescription } from "@dicom/series-preview/dicom";
import { sampleDescription } from "../sample_description.ts";
import golden from "./golden_jpeg_xl.json" with { type: "json" };

/** A lossy JPEG XL stream, and what another build of libjxl makes of it. */
export interface GoldenJpegXl {
  /** The call that made it. */
  readonly made: string;
  readonly description: ImageDescription;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Samples, color interleaved as RGB. */
  readonly samples: Uint8Array | Uint16Array;
}

/** JPEGs compressed anew, and lossy streams. */
export const goldenJpegXl: readonly GoldenJpegXl[] = golden.streams.map((
  { made, stream, samples, bits, ...size },
) => {
  const bytes = Uint8Array.fromBase64(samples);
  const view = new DataView(bytes.buffer);
  return {
    made,
    description: sampleDescription({
      ...size,
      bitsAllocated: bits,
      bitsStored: bits,
      highBit: bits - 1,
      photometricInterpretation: size.samplesPerPixel === 3 ? "RGB" : "MONOCHROME2",
    }),
    bytes: Uint8Array.fromBase64(stream),
    samples: bits > 8
      ? Uint16Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(i * 2, true))
      : bytes,
  };
});
