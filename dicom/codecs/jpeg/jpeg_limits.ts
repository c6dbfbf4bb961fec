import { DecodeError } from "../../../errors.ts";
import type { FrameHeader } from "./frame_header.ts";
import type { FrameLayout } from "./jpeg_component.ts";

/** What a JPEG stream may claim; all but the scans is checked before memory is taken for its image. */
export interface JpegLimits {
  /** Most pixels; 2^28 by default. */
  readonly maxPixels?: number | undefined;
  /** Most scans; 128 by default. */
  readonly maxScans?: number | undefined;
  /** What the stream must hold. */
  readonly expected?: ExpectedImage | undefined;
}

/** The size of an image as something else than its stream tells it. */
export interface ExpectedImage {
  /** Rows of pixels. */
  readonly rows: number;
  /** Columns of pixels. */
  readonly columns: number;
  /** Count of components. */
  readonly samplesPerPixel: number;
}

const defaultMaxPixels = 2 ** 28;
const defaultMaxScans = 128;

/**
 * Fails for a frame that is another than expected, or larger than its stream can hold.
 *
 * @param streamLength The stream's length in bytes.
 * @throws {DecodeError} Saying what is claimed and what is allowed.
 */
export function requireAllowedFrame(
  { rows, columns, components }: FrameHeader,
  { blocks }: FrameLayout,
  streamLength: number,
  { expected, maxPixels = defaultMaxPixels }: JpegLimits,
): void {
  const own = `the JPEG stream holds ${rows} × ${columns} pixels of ${components.length} samples`;
  if (
    expected !== undefined && (expected.rows !== rows || expected.columns !== columns ||
      expected.samplesPerPixel !== components.length)
  ) {
    throw new DecodeError(
      `${own}, the DICOM header says ${expected.rows} × ${expected.columns} of ${expected.samplesPerPixel}`,
    );
  }
  if (rows * columns > maxPixels) {
    throw new DecodeError(`${own}, more than the ${maxPixels} pixels allowed`);
  }
  // Every block takes a Huffman code, which is a bit at least.
  if (blocks > streamLength * 8) {
    throw new DecodeError(`${own}, which its ${streamLength} bytes cannot: it is cut`);
  }
}

/** Visits to blocks, one a scan, that any stream may ask for. */
const freeVisits = 2 ** 23;
/** Visits to blocks that a byte may ask for: beyond it hardly a scan changes anything. */
const mostVisitsPerByte = 128;

/**
 * Fails for a scan too many: more scans than allowed, or over more blocks than the stream can change.
 *
 * @param scans Scans so far.
 * @param blocks Blocks of a scan at most.
 * @param streamLength The stream's length in bytes.
 * @throws {DecodeError} When there are more than allowed.
 */
export function requireAllowedScans(
  scans: number,
  blocks: number,
  streamLength: number,
  { maxScans = defaultMaxScans }: JpegLimits,
): void {
  if (scans * blocks > Math.max(freeVisits, streamLength * mostVisitsPerByte)) {
    throw new DecodeError(
      `the JPEG stream goes over its ${blocks} blocks in ${scans} scans or more`,
    );
  }
  if (scans > maxScans) {
    throw new DecodeError(`the JPEG stream has more than the ${maxScans} scans allowed`);
  }
}
