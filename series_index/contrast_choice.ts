import { checkContrast } from "../contrast/check_contrast.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { UsageError } from "../errors.ts";

/** How real values become brightness; what the file holds by default. */
export interface ContrastChoice {
  /**
   * The contrast. A view of the file other than its first must be held by one of the slices; those
   * that do not hold it are shown by a window measured on them.
   */
  readonly contrast?: Contrast | undefined;
  /** One of the file's own views, counted from 0: short for a contrast of the kind `embedded`. */
  readonly window?: number | undefined;
}

/**
 * Finds the contrast that is meant.
 *
 * @throws {UsageError} When it has no such width or number, or the choice contradicts itself.
 */
export function chooseContrast({ contrast, window }: ContrastChoice): Contrast {
  const chosen = window === undefined ? contrast : { kind: "embedded", window } as const;
  if (window !== undefined && contrast !== undefined && contrast.kind !== "embedded") {
    throw new UsageError(
      `window ${window} picks one of the file's own views, which the contrast does not use: ` +
        "leave one of them out",
    );
  }
  checkContrast(chosen ?? embedded);
  return chosen ?? embedded;
}

const embedded: Contrast = { kind: "embedded", window: 0 };
