import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import { parseDateTime } from "./parse_date_time.ts";
import {
  itemsOf,
  jsonItems,
  jsonList,
  jsonNumbers,
  jsonText,
  perFrameGroupsOf,
} from "./plain_values.ts";
import type { SliceTraits } from "./slice_traits.ts";

const frameContent = "00209111";

/** Dimensions that number places, which the geometry tells better. */
const placeDimensions = new Set(["00209057", "00200032", "00201041"]);

/**
 * Reads what tells the frames of a multi-frame image apart beside their place, from the per-frame
 * and shared functional groups (PS3.3 C.7.6.16).
 *
 * @param values The attributes of the instance.
 * @param frameCount Number of Frames.
 * @returns The traits of each frame in stored order; null when there are no functional groups.
 *
 * @example
 * ```ts
 * import { readFrameTraits } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const group = (echoTime: number) => ({
 *   "00189114": { vr: "SQ", Value: [{ "00189082": { vr: "FD", Value: [echoTime] } }] },
 * });
 * const values = { PerFrameFunctionalGroupsSequence: JSON.stringify([group(2.5), group(5)]) };
 * assertEquals(readFrameTraits(values, 2)?.map(({ echoTime }) => echoTime), [2.5, 5]);
 * assertEquals(readFrameTraits({}, 1), null);
 * ```
 */
export function readFrameTraits(
  values: AttributeValues,
  frameCount: number,
): SliceTraits[] | null {
  const perFrame = perFrameGroupsOf(values);
  if (perFrame.length === 0) return null;
  const shared = itemsOf(values, "SharedFunctionalGroupsSequence")[0];
  const telling = itemsOf(values, "DimensionIndexSequence").map((item) =>
    !placeDimensions.has(jsonText(item, "00209165") ?? "")
  );
  return Array.from({ length: frameCount }, (_, frame) => {
    const own = perFrame.at(frame);
    const group: Group = (sequence) =>
      jsonItems(own, sequence)[0] ?? jsonItems(shared, sequence)[0];
    return readTraits(group, telling);
  });
}

/** The first item of a functional group, the frame's own or the shared one. */
type Group = (sequence: string) => DicomJson | undefined;

function readTraits(group: Group, telling: readonly boolean[]): SliceTraits {
  const content = group(frameContent);
  const diffusion = group("00189117");
  const cardiac = group("00189118");
  const acquired = jsonText(content, "00189074");
  return {
    segmentNumber: number(group("0062000A"), "0062000B"),
    stackID: jsonText(content, "00209056"),
    bValue: number(diffusion, "00189087"),
    gradientOrientation: joined(jsonItems(diffusion, "00189076")[0], "00189089"),
    temporalPosition: number(content, "00209128") ?? number(group("00209310"), "0020930D"),
    phase: number(cardiac, "00209241"),
    triggerTime: number(cardiac, "00209153"),
    imageType: imageType(group("00189226") ?? group("00189329") ?? group("00189751")),
    labeling: jsonText(group("00189251"), "00189257"),
    inversionTime: number(group("00189115"), "00189079"),
    flipAngle: number(group("00189112"), "00181314"),
    echoTime: number(group("00189114"), "00189082"),
    dimensionIndices: dimensionIndices(content, telling),
    frameAcquisitionNumber: number(content, "00209156"),
    acquiredAt: acquired === undefined ? undefined : parseDateTime(acquired),
  };
}

function number(item: DicomJson | undefined, tag: string): number | undefined {
  return jsonNumbers(item, tag)[0];
}

function joined(item: DicomJson | undefined, tag: string): string | undefined {
  return jsonList(item, tag).join("\\") || undefined;
}

/** Frame Type and Complex Image Component of an MR, CT or PET frame. */
function imageType(item: DicomJson | undefined): string | undefined {
  const parts = [joined(item, "00089007"), jsonText(item, "00089208")];
  return parts.filter((part) => part !== undefined).join("\\") || undefined;
}

function dimensionIndices(
  content: DicomJson | undefined,
  telling: readonly boolean[],
): string | undefined {
  const indices = jsonList(content, "00209157");
  return indices.filter((_, dimension) => telling[dimension]).join("\\") || undefined;
}
