import { DecodeError } from "../../errors.ts";
import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { decodeNative } from "./native.ts";

const headerLength = 64;
const maxSegments = 15;
/** Two bytes of a run are 128 bytes at most. */
const maxGrowth = 64;

/**
 * Decodes a frame of RLE Lossless (PS3.5 annex G): one segment for each byte
 * of each sample, the most significant byte first. Bits of a 1-bit image are
 * packed into bytes before they are coded.
 *
 * @param bytes The frame's stored bytes, from the RLE header on.
 * @throws {DecodeError} When a segment is cut, or does not fill its plane.
 */
export function decodeRle(bytes: Uint8Array, description: ImageDescription): Frame {
  const { rows, columns, samplesPerPixel, bitsAllocated } = description;
  const packed = bitsAllocated === 1 && samplesPerPixel === 1;
  const bytesPerSample = packed ? 1 : bitsAllocated / 8;
  const segments = samplesPerPixel * bytesPerSample;
  const cells = packed ? Math.ceil(rows * columns / 8) : rows * columns;
  if (!Number.isInteger(segments) || bytes.length < headerLength) {
    throw new DecodeError("the RLE frame has no header, or its samples are not whole bytes");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(0, true);
  if (count !== segments || count > maxSegments) {
    throw new DecodeError(`the RLE frame has ${count} segments, its image needs ${segments}`);
  }
  if (cells * segments > (bytes.length - headerLength) * maxGrowth) {
    throw new DecodeError(`the RLE frame is cut: ${bytes.length} bytes cannot hold its image`);
  }
  const planes = new Uint8Array(cells * segments);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + segment * 4, true);
    const end = segment + 1 < segments ? view.getUint32(8 + segment * 4, true) : bytes.length;
    if (start < headerLength || end < start || end > bytes.length) {
      throw new DecodeError(`RLE segment ${segment} lies outside its frame`);
    }
    // Segments run from the most significant byte of a sample, cells from the least.
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    const first = sample * cells * bytesPerSample + byte;
    unpackSegment(bytes.subarray(start, end), planes, first, bytesPerSample, cells, segment);
  }
  // What results is color by plane, whatever Planar Configuration says of it.
  return decodeNative(planes, {
    ...description,
    transferSyntaxUID: "1.2.840.10008.1.2.1",
    planarConfiguration: 1,
    photometricInterpretation: withoutSubsampling(description.photometricInterpretation),
  });
}

/** RLE keeps every sample of subsampled chroma too: its planes are whole. */
function withoutSubsampling(photometricInterpretation: string): string {
  return photometricInterpretation.replace(/_422$/, "");
}

/** PackBits (PS3.5 G.3.1) into every `step`-th byte of the target. */
function unpackSegment(
  source: Uint8Array,
  target: Uint8Array,
  first: number,
  step: number,
  cells: number,
  segment: number,
): void {
  let at = 0;
  let written = 0;
  while (written < cells && at < source.length) {
    const control = source[at++]!;
    if (control === 128) continue;
    const literal = control < 128;
    const run = Math.min(literal ? control + 1 : 257 - control, cells - written);
    if (at + (literal ? run : 1) > source.length) break;
    for (let i = 0; i < run; i++) {
      target[first + (written + i) * step] = source[literal ? at + i : at]!;
    }
    written += run;
    at += literal ? control + 1 : 1;
  }
  if (written < cells) {
    throw new DecodeError(`RLE segment ${segment} is cut: ${written} of ${cells} bytes`);
  }
}
