import { CodedImage } from "./coded_image.ts";
import { componentPlane, type Plane } from "./component_plane.ts";
import type { JpegImage } from "./jpeg_image.ts";
import type { JpegLimits } from "./jpeg_limits.ts";
import { upsample } from "./upsample.ts";

/**
 * Decodes a JPEG stream of sequential or progressive Huffman-coded DCT (ITU-T
 * T.81, Processes 1, 2, 4, 6, 8, 10 and 12) to its components as they were
 * coded.
 *
 * Samples are those of libjpeg to the bit: its accurate integer DCT, and its
 * triangle filter for subsampled chroma. Bytes between segments, fill bytes,
 * what follows the last scan and a missing end of image are tolerated; missing
 * or corrupt coefficients are not.
 *
 * @throws {DecodeError} When the stream is of another process, cut or corrupt,
 * or exceeds a limit.
 */
export function decodeJpeg(bytes: Uint8Array, limits: JpegLimits = {}): JpegImage {
  const image = new CodedImage(bytes, limits);
  const { header, layout, components } = image.read();
  const { precision, rows, columns } = header;
  const planes = components.map((component) =>
    upsample(componentPlane(component, precision), component, layout)
  );
  return {
    precision,
    rows,
    columns,
    components: components.map(({ id, hSampling, vSampling }) => ({ id, hSampling, vSampling })),
    adobeTransform: image.adobeTransform,
    hasJfif: image.hasJfif,
    data: interleavePlanes(planes, rows, columns),
  };
}

/** Crops planes to the frame, and brings together the samples of each pixel. */
function interleavePlanes(
  planes: readonly Plane[],
  rows: number,
  columns: number,
): Uint8Array | Uint16Array {
  const samples = planes.length;
  const count = rows * columns * samples;
  const data = planes[0]!.data instanceof Uint8Array
    ? new Uint8Array(count)
    : new Uint16Array(count);
  planes.forEach(({ data: plane, stride }, sample) => {
    let to = sample;
    for (let row = 0; row < rows; row++) {
      const from = row * stride;
      for (let at = from; at < from + columns; at++, to += samples) data[to] = plane[at]!;
    }
  });
  return data;
}
