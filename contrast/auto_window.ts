import type { VoiWindow } from "../dicom/image_description.ts";
import { replayRealValues } from "./_replay_real_values.ts";
import { type ReplayValues, selectRanks } from "./_select_ranks.ts";
import type { ContrastSample } from "./contrast_sample.ts";

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
