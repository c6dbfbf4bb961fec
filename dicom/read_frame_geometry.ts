import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import type { FrameGeometry } from "./frame_geometry.ts";
import { itemsOf, jsonItems, jsonNumbers, numbersOf, perFrameGroupsOf } from "./plain_values.ts";

const planePositionSequence = "00209113";
const imagePositionPatient = "00200032";
const planeOrientationSequence = "00209116";
const imageOrientationPatient = "00200037";

/**
 * Reads where the frames of a multi-frame image lie: from the per-frame and
 * shared functional groups (PS3.3 C.7.6.16), else from Grid Frame Offset
 * Vector (C.8.8.3.2).
 *
 * @param values The attributes of the instance.
 * @param frameCount Number of Frames.
 * @returns A geometry for each frame in stored order; null when the frames carry none.
 *
 * @example
 * ```ts
 * import { readFrameGeometry } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const frames = readFrameGeometry({
 *   ImagePositionPatient: [0, 0, 10],
 *   ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
 *   GridFrameOffsetVector: [0, 2.5],
 * }, 2);
 * assertEquals(frames?.map(({ position }) => position), [[0, 0, 10], [0, 0, 12.5]]);
 * ```
 */
export function readFrameGeometry(
  values: AttributeValues,
  frameCount: number,
): FrameGeometry[] | null {
  const perFrame = perFrameGroupsOf(values);
  if (perFrame.length > 0) {
    const shared = itemsOf(values, "SharedFunctionalGroupsSequence")[0];
    const frames = Array.from({ length: frameCount }, (_, frame) => {
      const own = perFrame.at(frame);
      const numbers = (sequence: string, tag: string) => groupNumbers(own, shared, sequence, tag);
      return {
        position: vector3(numbers(planePositionSequence, imagePositionPatient)),
        orientation: vector6(numbers(planeOrientationSequence, imageOrientationPatient)),
      };
    });
    return frames.some(({ position }) => position !== null) ? frames : null;
  }
  return fromOffsetVector(values, frameCount);
}

function groupNumbers(
  frame: DicomJson | undefined,
  shared: DicomJson | undefined,
  sequence: string,
  tag: string,
): number[] {
  const own = jsonNumbers(jsonItems(frame, sequence)[0], tag);
  return own.length > 0 ? own : jsonNumbers(jsonItems(shared, sequence)[0], tag);
}

/** Offsets along the normal from the first frame, or positions themselves when the first is the z of the image position. */
function fromOffsetVector(values: AttributeValues, frameCount: number): FrameGeometry[] | null {
  const offsets = numbersOf(values, "GridFrameOffsetVector");
  const origin = vector3(numbersOf(values, "ImagePositionPatient"));
  const orientation = vector6(numbersOf(values, "ImageOrientationPatient"));
  if (offsets.length < frameCount || origin === null || orientation === null) return null;
  const [rx, ry, rz, cx, cy, cz] = orientation;
  const normal = [ry * cz - rz * cy, rz * cx - rx * cz, rx * cy - ry * cx] as const;
  const base = offsets[0]!;
  // Positions are of the z axis itself, along which the normal may look down.
  const arePositions = base !== 0 && base === origin[2];
  return offsets.slice(0, frameCount).map((offset) => {
    if (arePositions) return { position: [origin[0], origin[1], offset] as const, orientation };
    const along = offset - base;
    const position = [
      origin[0] + normal[0] * along,
      origin[1] + normal[1] * along,
      origin[2] + normal[2] * along,
    ] as const;
    return { position, orientation };
  });
}

function vector3(numbers: readonly number[]): FrameGeometry["position"] {
  return numbers.length === 3 ? [numbers[0]!, numbers[1]!, numbers[2]!] : null;
}

function vector6(numbers: readonly number[]): FrameGeometry["orientation"] {
  if (numbers.length !== 6) return null;
  const [a, b, c, d, e, f] = numbers;
  return [a!, b!, c!, d!, e!, f!];
}
