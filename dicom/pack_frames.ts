import type { Frame, PixelArray } from "./frame.ts";
import type { ImageDescription } from "./image_description.ts";

type PixelArrayMaker = new (length: number) => PixelArray;

const unsignedArrays: readonly PixelArrayMaker[] = [Uint8Array, Uint16Array, Uint32Array];
const signedArrays: readonly PixelArrayMaker[] = [Int8Array, Int16Array, Int32Array];

/**
 * Puts the samples of frames one after another, in the smallest typed array
 * that holds values of bits stored and sign; a wider one where a codestream
 * has more bits than its header says.
 *
 * @param frames One frame at least, all of one size.
 */
export function packFrames(frames: readonly Frame[], description: ImageDescription): PixelArray {
  const make = arrayFor(frames, description);
  const [first] = frames;
  if (frames.length === 1 && first!.data instanceof make) return first!.data;
  const data = new make(frames.reduce((sum, frame) => sum + frame.data.length, 0));
  let offset = 0;
  for (const frame of frames) {
    data.set(frame.data, offset);
    offset += frame.data.length;
  }
  return data;
}

function arrayFor(frames: readonly Frame[], description: ImageDescription): PixelArrayMaker {
  const { pixelKind, pixelRepresentation, bitsStored } = description;
  if (pixelKind !== "integer") return pixelKind === "float" ? Float32Array : Float64Array;
  const makers = pixelRepresentation === 1 ? signedArrays : unsignedArrays;
  const named = makers[bitsStored <= 8 ? 0 : bitsStored <= 16 ? 1 : 2]!;
  if (frames.every(({ data }) => data instanceof named)) return named;
  const { least, greatest } = rangeOf(frames);
  const holds = (maker: PixelArrayMaker) => {
    const ends = new maker(2);
    ends.set([least, greatest]);
    return ends[0] === least && ends[1] === greatest;
  };
  return makers.slice(makers.indexOf(named)).find(holds) ?? Float64Array;
}

function rangeOf(frames: readonly Frame[]): { least: number; greatest: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const { data } of frames) {
    for (let i = 0; i < data.length; i++) {
      const value = data[i]!;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  }
  return { least, greatest };
}
