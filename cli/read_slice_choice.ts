import type { SliceChoice } from "../series_index/choose_slice.ts";
import type { OptionValues } from "./option.ts";

/** Reads `--position`, `--location` and `--slice-offset`. */
export function readSliceChoice(options: OptionValues): SliceChoice {
  return {
    position: options.number("position"),
    location: options.number("location"),
    sliceOffset: options.number("slice-offset"),
  };
}
