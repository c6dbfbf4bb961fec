import { UsageError } from "../../errors.ts";
import { checkWhole } from "../check_whole.ts";
import type { VideoOptions } from "./video_options.ts";

/**
 * Checks that a video can be encoded as asked, before any work is done for it.
 *
 * @param options How it is to be encoded
 * @throws {UsageError} If the quality is not a whole number from 0 to 100, or the frames a second are not from 0.1 to 120
 *
 * @example
 * ```ts
 * import { checkVideo } from "@dicom/series-preview/mosaic";
 * import { assertThrows } from "@std/assert";
 *
 * checkVideo({ fps: 29.97, quality: 80 });
 * assertThrows(() => checkVideo({ fps: 0 }));
 * ```
 */
export function checkVideo({ fps, quality }: VideoOptions): void {
  if (quality !== undefined) checkWhole("quality", quality, 0, 100);
  if (fps !== undefined && !(fps >= 0.1 && fps <= 120)) {
    throw new UsageError(`fps is ${fps}: it must be from 0.1 to 120 frames a second`);
  }
}
