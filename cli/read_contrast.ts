import { checkContrast } from "../contrast/check_contrast.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { parseContrast } from "../contrast/parse_contrast.ts";
import { UsageError } from "../errors.ts";
import type { OptionValues } from "./option.ts";

/**
 * Reads `--contrast` and `--window`, which picks a view of those that the file itself holds.
 *
 * @returns The contrast, or undefined when neither is given.
 * @throws {UsageError} When one has no such value, or they contradict each other.
 */
export function readContrast(options: OptionValues): Contrast | undefined {
  const text = options.text("contrast");
  const window = options.number("window");
  const contrast = text === undefined ? undefined : parseContrast(text);
  if (window === undefined) return contrast;
  if (contrast !== undefined && contrast.kind !== "embedded") {
    throw new UsageError(
      `--window ${window} picks one of the file's own views, which --contrast ${text} does not use: ` +
        "leave one of them out",
    );
  }
  const view = { kind: "embedded", window } as const;
  checkContrast(view);
  return view;
}
