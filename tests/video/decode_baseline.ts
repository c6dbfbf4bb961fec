import { H264Decoder } from "h264decoder";
import { readVideo } from "./read_video.ts";

/** A decoded frame in YUV 4:2:0, as large as it is shown. */
export interface DecodedFrame {
  readonly width: number;
  readonly height: number;
  /** Luma, then both chromas at half the resolution. */
  readonly planes: readonly [Uint8Array, Uint8Array, Uint8Array];
}

const startCode = Uint8Array.of(0, 0, 0, 1);

/** Decodes every frame of a Baseline video, or fails. */
export function decodeBaseline(bytes: Uint8Array<ArrayBuffer>): DecodedFrame[] {
  const { width, height, parameters, samples } = readVideo(bytes);
  const decoder = new H264Decoder();
  const decode = (unit: Uint8Array) => {
    return decoder.decode(Uint8Array.of(...startCode, ...unit));
  };
  for (const unit of parameters) decode(unit);
  return samples.map(({ units }, number) => {
    let status = H264Decoder.RDY;
    for (const unit of units) status = decode(unit);
    if (status !== H264Decoder.PIC_RDY) throw new Error(`frame ${number}: status ${status}`);
    return cut(decoder, width, height);
  });
}

/** Takes a picture out of the decoder, whose sides are whole macroblocks. */
function cut(
  { pic, width: codedWidth, height: codedHeight }: H264Decoder,
  width: number,
  height: number,
): DecodedFrame {
  const plane = (at: number, stride: number, columns: number, rows: number) => {
    const data = new Uint8Array(columns * rows);
    for (let y = 0; y < rows; y++) {
      data.set(pic.subarray(at + y * stride, at + y * stride + columns), y * columns);
    }
    return data;
  };
  const size = codedWidth * codedHeight;
  const chroma = (at: number) => plane(at, codedWidth / 2, width / 2, height / 2);
  return {
    width,
    height,
    planes: [plane(0, codedWidth, width, height), chroma(size), chroma(size * 5 / 4)],
  };
}
