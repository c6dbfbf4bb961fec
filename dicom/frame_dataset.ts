import { UsageError } from "../errors.ts";
import type { Dataset, DatasetValue } from "./dataset.ts";

const shared = "SharedFunctionalGroupsSequence";
const perFrame = "PerFrameFunctionalGroupsSequence";

/** `GGGGEEEE` of an odd group, or what tells of a binary value of it. */
const privateName = /^[0-9A-F]{3}[13579BDF][0-9A-F]{4}/;

/**
 * The header of one frame of a multi-frame image: what its functional groups (PS3.3 C.7.6.16) say of
 * it by keyword, among the attributes of the instance, which they go before.
 *
 * A functional group is either the frame's own or shared by all, never both; where a writer has
 * both, the frame's own takes the place of the shared one whole. A group that cannot be told by
 * keyword keeps its sequence: one of several items or none, one with private elements, and one that
 * has an attribute of a group before it with another value.
 *
 * An instance without functional groups is the header of each of its frames as it is.
 *
 * @param dataset The header of the instance, as `dicomHeaderToDict` gives it.
 * @param frame The frame's number as stored, counted from 0.
 * @throws {UsageError} When the instance has no such frame.
 *
 * @example
 * ```ts
 * import { frameDataset } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const dataset = {
 *   NumberOfFrames: 2,
 *   Modality: "MR",
 *   SharedFunctionalGroupsSequence: [{ PixelMeasuresSequence: [{ SliceThickness: 3 }] }],
 *   PerFrameFunctionalGroupsSequence: [
 *     { PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 3] }] },
 *     { PlanePositionSequence: [{ ImagePositionPatient: [0, 0, 6] }] },
 *   ],
 * };
 * assertEquals(frameDataset(dataset, 1), {
 *   NumberOfFrames: 2,
 *   Modality: "MR",
 *   SliceThickness: 3,
 *   ImagePositionPatient: [0, 0, 6],
 * });
 * ```
 */
export function frameDataset(dataset: Dataset, frame: number): Dataset {
  const frames = itemsOf(dataset[perFrame]);
  const count = Math.max(Number(dataset.NumberOfFrames ?? 1) || 1, frames.length);
  if (!Number.isInteger(frame) || frame < 0 || frame >= count) {
    throw new UsageError(`there is no frame ${frame}; the instance has ${count}, counted from 0`);
  }
  const { [shared]: sharedGroups, [perFrame]: _, ...own } = dataset;
  const grouped: Record<string, DatasetValue | undefined> = {};
  const groups = { ...itemsOf(sharedGroups)[0], ...frames[frame] };
  for (const [name, group] of Object.entries(groups)) {
    const items = itemsOf(group);
    const item = items.length === 1 && !privateName.test(name) ? items[0]! : null;
    let whole = item !== null;
    for (const [keyword, value] of Object.entries(item ?? {})) {
      if (privateName.test(keyword) || !isFree(grouped, keyword, value)) whole = false;
      else grouped[keyword] = value;
    }
    if (!whole) grouped[name] = group;
  }
  return { ...own, ...grouped };
}

/** Whether a keyword is not taken, or by the same value. */
function isFree(grouped: Dataset, keyword: string, value: DatasetValue | undefined): boolean {
  return !Object.hasOwn(grouped, keyword) || comparable(grouped[keyword]) === comparable(value);
}

/** A text that is the same for values that are the same. */
function comparable(value: DatasetValue | undefined): string | undefined {
  return JSON.stringify(value, (_, each) => typeof each === "bigint" ? `${each}n` : each);
}

/** The items of a sequence; none of any other value. */
function itemsOf(value: DatasetValue | undefined): readonly Dataset[] {
  const isItem = (each: unknown) => typeof each === "object" && each !== null;
  return Array.isArray(value) && value.every(isItem) ? value as readonly Dataset[] : [];
}
