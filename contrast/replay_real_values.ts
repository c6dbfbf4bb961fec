import type { ImageDescription, LookupTable } from "../dicom/image_description.ts";
import { modalityFunction } from "./modality_function.ts";
import type { ReplayValues } from "./select_ranks.ts";
import { storedRange } from "./stored_range.ts";
import type { ContrastSample } from "./contrast_sample.ts";

/** Stored values of one transform, counted. */
interface StoredCounts {
  readonly toReal: (stored: number) => number;
  /** How often each value occurs, from −32,768 to 65,535. */
  readonly counts: Uint32Array;
}

const lowestStored = -0x8000;
const storedCount = 0x10000 - lowestStored;

/** PET has a slope for every slice; frames of transforms beyond these are visited pixel by pixel. */
const maxTallies = 16;

/** A range that no value is in. */
const noPadding = { low: NaN, high: NaN };

/**
 * Prepares the finite real values of grey frames for visits, padding left out.
 * Integers of up to 16 bits are counted once, so that a visit costs no more
 * for many frames than for one.
 */
export function replayRealValues(samples: readonly ContrastSample[]): ReplayValues {
  const tallies = new Map<LookupTable | string, StoredCounts>();
  const direct: ContrastSample[] = [];
  for (const sample of samples) {
    const counts = storedRange(sample.frame.data) && countsOf(sample.description, tallies);
    if (counts) countStored(sample, counts);
    else direct.push(sample);
  }
  return (visit) => {
    for (const { toReal, counts } of tallies.values()) {
      for (let index = 0; index < storedCount; index++) {
        if (counts[index] === 0) continue;
        const real = toReal(index + lowestStored);
        if (Number.isFinite(real)) visit(real, counts[index]!);
      }
    }
    for (const { frame, description } of direct) {
      const toReal = modalityFunction(description);
      const { low, high } = description.padding ?? noPadding;
      const { data } = frame;
      for (let index = 0; index < data.length; index++) {
        const stored = data[index]!;
        if (stored >= low && stored <= high) continue;
        const real = toReal(stored);
        if (Number.isFinite(real)) visit(real, 1);
      }
    }
  };
}

/** The counts of a description's transform; null when there are too many transforms already. */
function countsOf(
  description: ImageDescription,
  tallies: Map<LookupTable | string, StoredCounts>,
): Uint32Array | null {
  const { modalityTable, rescaleSlope, rescaleIntercept } = description;
  const transform = modalityTable ?? `${rescaleSlope} ${rescaleIntercept}`;
  const known = tallies.get(transform);
  if (known) return known.counts;
  if (tallies.size === maxTallies) return null;
  const counts = new Uint32Array(storedCount);
  tallies.set(transform, { toReal: modalityFunction(description), counts });
  return counts;
}

function countStored({ frame, description }: ContrastSample, counts: Uint32Array): void {
  const { low, high } = description.padding ?? noPadding;
  const { data } = frame;
  for (let index = 0; index < data.length; index++) {
    const stored = data[index]!;
    if (!(stored >= low && stored <= high)) counts[stored - lowestStored]! += 1;
  }
}
