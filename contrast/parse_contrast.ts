import { UsageError } from "../errors.ts";
import { closestName } from "./closest_name.ts";
import type { Contrast } from "./contrast.ts";
import { type ContrastPreset, contrastPresets } from "./contrast_presets.ts";

const presetsByName: ReadonlyMap<string, ContrastPreset> = new Map(
  contrastPresets.flatMap((preset) =>
    [preset.name, ...preset.aliases].map((name) => [name, preset] as const)
  ),
);

const number = String.raw`([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)`;
const windowPattern = new RegExp(String.raw`^${number}\s*[/,]\s*${number}$`);

/**
 * Reads how a call asks for contrast: the name of a preset, `W/L` or `W,L`
 * (width and level, which is the center), `auto`, or `embedded`.
 *
 * Case does not matter, and `_` or a space stands for `-` in a name.
 *
 * @param text The words of the call, as in `lung`, `1500/-500` or `auto`
 * @returns The contrast asked for; `embedded` means the file's first view
 * @throws {UsageError} If the name is unknown, or the width is not above 0
 *
 * @example A preset and a window in numbers
 * ```ts
 * import { parseContrast } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseContrast("lung"), {
 *   kind: "window",
 *   center: -500,
 *   width: 1500,
 *   name: "ct-lung",
 * });
 * assertEquals(parseContrast("80, 40"), { kind: "window", center: 40, width: 80, name: "80/40" });
 * ```
 */
export function parseContrast(text: string): Contrast {
  // Documents print a level below 0 with the minus sign U+2212, and it gets pasted.
  const word = text.trim().toLowerCase().replaceAll("\u2212", "-");
  const numbers = windowPattern.exec(word);
  if (numbers) return parseWindow(text, Number(numbers[1]), Number(numbers[2]));

  const name = word.replaceAll(/[\s_]+/g, "-");
  if (name === "auto") return { kind: "auto" };
  if (name === "embedded") return { kind: "embedded", window: 0 };
  const preset = presetsByName.get(name);
  if (preset) {
    return { kind: "window", center: preset.center, width: preset.width, name: preset.name };
  }
  throw unknownContrast(text, name);
}

function parseWindow(text: string, width: number, center: number): Contrast {
  if (!(width > 0) || !Number.isFinite(width) || !Number.isFinite(center)) {
    throw new UsageError(
      `contrast "${text}" has a width of ${width} and a level of ${center}: ` +
        "W/L needs a width above 0, as in 350/50",
    );
  }
  return { kind: "window", center, width, name: `${width}/${center}` };
}

function unknownContrast(text: string, name: string): UsageError {
  const closest = closestName(name, [...presetsByName.keys(), "auto", "embedded"]);
  const names = contrastPresets.map((preset) => preset.aliases[0] ?? preset.name);
  return new UsageError(
    `unknown contrast "${text}"${closest ? `, did you mean "${closest}"?` : ";"} ` +
      `give one of ${names.join(", ")}, auto, embedded, or W/L as in 350/50`,
  );
}
