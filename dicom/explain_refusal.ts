import { transferSyntax } from "./transfer_syntax.ts";

const video = "it is video: fetch the object and play it with ffmpeg or mpv";
const stream = "it is a live video stream, of which the object holds no frame: " +
  "watch it with a receiver of SMPTE ST 2110";
const multiComponent = "its components are transformed together (JPEG 2000 Part 2): " +
  "have the archive send it as JPEG 2000 (1.2.840.10008.1.2.4.90) or uncompressed";
const jpip = "its pixels are not in the object: ask the server that its Pixel Data Provider URL " +
  "(0028,7FE0) names with a JPIP client, or have the archive send them uncompressed";

/** What to do about transfer syntaxes that are no series of still images in the object, by UID. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/, video],
  [/^1\.2\.840\.10008\.1\.2\.7\.[1-3]$/, stream],
  [/^1\.2\.840\.10008\.1\.2\.4\.9[23]$/, multiComponent],
  [/^1\.2\.840\.10008\.1\.2\.4\.(9[45]|20[45])$/, jpip],
];

/** Says in one line why pixels in a transfer syntax are not decoded, and what to do about it. */
export function explainRefusal(transferSyntaxUID: string): string {
  const { name } = transferSyntax(transferSyntaxUID);
  const what = `pixels in ${name} (${transferSyntaxUID}) cannot be decoded`;
  const known = advice.find(([uids]) => uids.test(transferSyntaxUID))?.[1];
  return `${what}: ${known ?? "have the archive send them uncompressed (1.2.840.10008.1.2.1)"}`;
}
