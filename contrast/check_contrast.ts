import { UsageError } from "../errors.ts";
import type { Contrast } from "./contrast.ts";

/**
 * Checks a contrast that a program may have put together itself.
 *
 * @throws {UsageError} When a width is not above 0, or a view's number not a whole one from 0.
 */
export function checkContrast(contrast: Contrast): void {
  if (contrast.kind === "embedded") {
    const { window } = contrast;
    if (Number.isInteger(window) && window >= 0) return;
    throw new UsageError(`the view of the file is ${window}; its views are counted from 0`);
  }
  if (contrast.kind === "window") {
    const { width, center } = contrast;
    if (width > 0 && Number.isFinite(width) && Number.isFinite(center)) return;
    throw new UsageError(`a window has a width above 0 and a level, not ${width}/${center}`);
  }
}
