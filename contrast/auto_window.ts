import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription, LookupTable, VoiWindow } from "../dicom/image_description.ts";
import { modalityFunction } from "./_modality_function.ts";
import { type ReplayValues, selectRanks } from "./_select_ranks.ts";
import { storedRange } from "./_stored_range.ts";

/** A frame with the description of the image that it is of. */
export interface ContrastSample {
  readonly frame: Frame;
  readonly description: ImageDescription;
}

const minWidth = 10;

/** The window that draws bytes as they are, for samples without a value to measure. */
const byteWindow: VoiWindow = { center: 127.5, width: 255 };

/**
 * Measures one window for a whole sample, so that its frames compare: from the
 * 2nd to the 98th percentile of their real values, at least 10 wide.
 *
 * The percentiles are exact, interpolated between neighboring ranks. Padding,
 * NaN and infinities are left out, and so is color. Time is linear in the
 * pixels, and memory does not grow with them: it stays below 10 MiB.
 *
 * @param samples The frames of the sample
 * @returns The window, in real values; 0…255 when there is no value to measure
 *
 * @example One window for two frames
 * ```ts
 * import { autoWindow } from "@dicom/series-preview/contrast";
 * import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
 *
 * function sharedWindow(first: Frame, second: Frame, description: ImageDescription) {
 *   return autoWindow([{ frame: first, description }, { frame: second, description }]);
 * }
 * ```
 */
export function autoWindow(samples: Iterable<ContrastSample>): VoiWindow {
  const grey = [...samples].filter(({ frame, description }) =>
    frame.samplesPerPixel === 1 && description.photometricInterpretation !== "PALETTE COLOR"
  );
  const span = measureSpan(replayRealValues(grey));
  if (!span) return byteWindow;
  const [low, high] = span;
  return { center: low + (high - low) / 2, width: Math.max(high - low, minWidth) };
}

/** The 2nd and the 98th percentile, between the two nearest ranks by linear interpolation; null without a value. */
function measureSpan(replay: ReplayValues): readonly [number, number] | null {
  let ranks: readonly number[] = [];
  const values = selectRanks(replay, (total) => {
    ranks = total === 0 ? [] : [0.02 * (total - 1), 0.98 * (total - 1)];
    return ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)]);
  });
  if (ranks.length === 0) return null;
  const percentile = (index: number) => {
    const below = values[index * 2]!;
    return below + (values[index * 2 + 1]! - below) * (ranks[index]! % 1);
  };
  return [percentile(0), percentile(1)];
}

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

/** Prepares the finite real values of all frames for visits; integers of 16 bits are counted once. */
function replayRealValues(samples: readonly ContrastSample[]): ReplayValues {
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
      for (const stored of frame.data) {
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
