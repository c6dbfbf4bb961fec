import type { JpegColorMarks } from "./jpeg_image.ts";

/**
 * Tells whether the three components of a JPEG stream are luminance and
 * chrominance, or else red, green and blue.
 *
 * The stream decides, as headers are often wrong about it: by component
 * identifiers that spell RGB, then by a JFIF segment, which means YCbCr, then by
 * an Adobe segment, then by subsampling, which only chrominance has. A stream
 * without any of these is what the header says.
 *
 * @param marks What the stream tells.
 * @param photometricInterpretation Photometric Interpretation as the header writes it.
 */
export function jpegIsYbr(marks: JpegColorMarks, photometricInterpretation: string): boolean {
  const { components, adobeTransform, hasJfif } = marks;
  if (components.length !== 3) return false;
  const ids = String.fromCharCode(...components.map(({ id }) => id));
  if (ids === "RGB" || ids === "rgb") return false;
  if (hasJfif) return true;
  if (adobeTransform !== null) return adobeTransform !== 0;
  const [first, ...others] = components;
  const subsampled = others.some(({ hSampling, vSampling }) =>
    hSampling < first!.hSampling || vSampling < first!.vSampling
  );
  return subsampled || photometricInterpretation !== "RGB";
}
