import type { ImageDescription, VoiWindow } from "../dicom/image_description.ts";
import { storedLimits } from "../dicom/stored_limits.ts";
import { isGrey } from "./is_grey.ts";
import { replayRealValues } from "./replay_real_values.ts";
import { type ReplayValues, selectRanks } from "./select_ranks.ts";
import type { ContrastSample } from "./contrast_sample.ts";

/** A window is at least this many steps of the stored values wide, so that noise is not stretched. */
const minSteps = 10;

/** A lowest and a highest real value. */
type Span = readonly [number, number];

/** The window that draws bytes as they are, for samples without a value to measure. */
const byteWindow: VoiWindow = { center: 127.5, width: 255 };

/**
 * Measures one window for a whole sample, so that its frames compare: from the
 * 2nd to the 98th percentile of their real values, at least 10 steps of the
 * stored values wide; all they can express where that is less.
 *
 * With a slope of 1, as in CT, that is 10 units; a dose grid or a PET in SUV,
 * whose steps are fractions, is not flattened, and neither is a binary mask.
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
    isGrey({ ...description, samplesPerPixel: frame.samplesPerPixel })
  );
  const measured = measureSpan(replayRealValues(grey));
  if (!measured) return byteWindow;
  return widen(measured, grey.map(({ description }) => description));
}

/**
 * Makes a window of a span: at least ten steps wide, or all that the samples can express. Where the
 * percentiles are nearer than that, as in a sparse mask, it reaches to the lowest and the highest
 * value; where these are, too, it lies within what the samples can express, so that 0 is black.
 */
function widen(measured: Measured, descriptions: readonly ImageDescription[]): VoiWindow {
  const limits = descriptions.map(expressible);
  const least = Math.max(...limits.map(({ step }) => step * minSteps));
  const lowest = Math.min(...limits.map((limit) => limit.low));
  const highest = Math.max(...limits.map((limit) => limit.high));
  const [low, high] = measured.span[1] - measured.span[0] < least ? measured.all : measured.span;
  if (high - low < least && highest - lowest < least) {
    return { center: (lowest + highest) / 2, width: highest - lowest };
  }
  const width = Math.max(high - low, least) || minSteps;
  const middle = low + (high - low) / 2;
  if (high - low >= least) return { center: middle, width };
  return { center: Math.min(Math.max(middle, lowest + width / 2), highest - width / 2), width };
}

/** What real values an image can express: from low to high, in steps; floats in any. */
function expressible(
  description: ImageDescription,
): { low: number; high: number; step: number } {
  const { pixelKind, modalityTable, rescaleSlope, rescaleIntercept } = description;
  if (pixelKind !== "integer") return { low: -Infinity, high: Infinity, step: 0 };
  if (modalityTable !== null) return { low: -Infinity, high: Infinity, step: 1 };
  const stored = storedLimits(description);
  const ends = [stored.low, stored.high].map((end) => end * rescaleSlope + rescaleIntercept);
  return { low: Math.min(...ends), high: Math.max(...ends), step: Math.abs(rescaleSlope) };
}

/** What is measured of a sample. */
interface Measured {
  /** From the 2nd to the 98th percentile, between the two nearest ranks by linear interpolation. */
  readonly span: Span;
  /** From the lowest to the highest value. */
  readonly all: Span;
}

/** Measures a sample; null without a value. */
function measureSpan(replay: ReplayValues): Measured | null {
  let ranks: readonly number[] = [];
  const values = selectRanks(replay, (total) => {
    const last = total - 1;
    ranks = total === 0 ? [] : [0, 0.02 * last, 0.98 * last, last];
    return ranks.flatMap((rank) => [Math.floor(rank), Math.ceil(rank)]);
  });
  if (ranks.length === 0) return null;
  const percentile = (index: number) => {
    const below = values[index * 2]!;
    return below + (values[index * 2 + 1]! - below) * (ranks[index]! % 1);
  };
  return { span: [percentile(1), percentile(2)], all: [percentile(0), percentile(3)] };
}
