/**
 * Draws the series of each class of hostile instances whose number is given, and prints the most
 * memory that the process had, in bytes: a program of its own, for that never falls again.
 *
 * @module
 */

import { decodePixels } from "@dicom/series-preview/dicom";
import { SeriesPreviewError } from "../../errors.ts";
import { hostileSlices } from "./hostile_slices.ts";

const { gc } = globalThis as { gc?: () => void };

for (const number of Deno.args) {
  // What one class has left behind must not count for the next.
  gc?.();
  const { make, rule } = hostileSlices[Number(number)]!;
  try {
    await decodePixels(make(), { frames: [0] });
  } catch (error) {
    if (!(error instanceof SeriesPreviewError) || rule === null) throw error;
  }
}
const status = await Deno.readTextFile("/proc/self/status");
await Deno.stdout.write(new TextEncoder().encode(/VmHWM:\s+(\d+) kB/.exec(status)![1]!));
