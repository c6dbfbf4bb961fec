import { checkContrast } from "../contrast/check_contrast.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { parseContrast } from "../contrast/parse_contrast.ts";
import { UsageError } from "../errors.ts";
import type { OptionValues } from "./option.ts";

/**
 * Reads `--contrast`, which may be repeated, and `--window`, which picks the view that `embedded`
 * among them stands for; by itself it is a contrast.
 *
 * @returns The contrasts in their order, or undefined when neither is given.
 * @throws {UsageError} When one has no such value, or they contradict each other.
 */
export function readContrasts(options: OptionValues): readonly Contrast[] | undefined {
  const texts = options.texts("contrast");
  const window = options.number("window");
  if (texts.length === 0 && window === undefined) return undefined;
  const contrasts = texts.map(readOne);
  if (window === undefined) return contrasts;
  const view = { kind: "embedded", window } as const;
  checkContrast(view);
  if (texts.length === 0) return [view];
  if (!contrasts.some(({ kind }) => kind === "embedded")) {
    throw new UsageError(
      `--window ${window} picks one of the file's own views, and no --contrast is embedded: ` +
        "add -c embedded, or leave it out",
    );
  }
  return contrasts.map((contrast) => contrast.kind === "embedded" ? view : contrast);
}

/** Reads one contrast; of a list the error would only say that there is no such preset. */
function readOne(text: string): Contrast {
  const parts = text.split(",");
  if (parts.length > 1 && parts.every(isContrast)) {
    const each = parts.map((part) => `-c ${part}`).join(" ");
    throw new UsageError(`--contrast takes one at a time, not '${text}'; write ${each}`);
  }
  return parseContrast(text);
}

function isContrast(text: string): boolean {
  try {
    parseContrast(text);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}
