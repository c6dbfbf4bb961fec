/** A color in sRGB: red, green and blue, 0 to 255. */
export type Srgb = readonly [red: number, green: number, blue: number];

/** The white of the profile connection space, D50 (ISO 15076-1). */
const white = [0.9642, 1, 0.8249] as const;
/** From XYZ relative to D50 to linear sRGB: Bradford's adaptation to D65, then IEC 61966-2-1. */
const toLinear = [
  [3.1341359, -1.6173863, -0.4906619],
  [-0.9787955, 1.9162543, 0.0334427],
  [0.0719553, -0.2289768, 1.4053860],
] as const;

/**
 * Turns a CIELab value as DICOM encodes it (PS3.3 C.10.7.1.1) into sRGB; colors beyond what sRGB can
 * show are brought to its nearest end, channel by channel.
 *
 * @param encoded L*, a* and b* in 16 bits: 0 to 65535 stand for 0 to 100, and for −128 to 127.
 */
export function cielabToSrgb(encoded: readonly [number, number, number]): Srgb {
  const lightness = encoded[0] * 100 / 65535;
  const [a, b] = [encoded[1], encoded[2]].map((value) => value * 255 / 65535 - 128);
  const y = (lightness + 16) / 116;
  const xyz = [y + a! / 500, y, y - b! / 200].map((root, i) => cubed(root) * white[i]!);
  const channel = (weights: readonly [number, number, number]) =>
    toByte(weights[0] * xyz[0]! + weights[1] * xyz[1]! + weights[2] * xyz[2]!);
  return [channel(toLinear[0]), channel(toLinear[1]), channel(toLinear[2])];
}

/** Undoes the cube root of CIELab, which is a line near black (CIE 15). */
function cubed(root: number): number {
  const bend = 6 / 29;
  return root > bend ? root ** 3 : 3 * bend ** 2 * (root - 4 / 29);
}

/** The transfer function of sRGB (IEC 61966-2-1). */
function toByte(linear: number): number {
  const share = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, share)));
}
