import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import type {
  ImageDescription,
  LookupTable,
  VoiLutFunction,
  VoiWindow,
} from "./image_description.ts";
import { readLookupTables } from "./lookup_tables.ts";
import { itemsOf, jsonItems, jsonList, jsonText, listOf, textOf } from "./plain_values.ts";
import type { ValueLimits } from "./stored_limits.ts";

/** What a file holds to turn real values into brightness. */
type VoiViews = Pick<ImageDescription, "windows" | "voiLutFunction" | "voiTables">;

/** Window Center, Window Width and their Explanation, each a list of as many values. */
interface WindowLists {
  readonly centers: readonly unknown[];
  readonly widths: readonly unknown[];
  readonly explanations: readonly unknown[];
}

/**
 * Prepares reading the windows and VOI LUTs of frames (PS3.3 C.11.2, C.7.6.16.2.10).
 *
 * Where the Frame VOI LUT Sequence holds a window or a table, those of the instance do not count.
 *
 * @returns A function from the frame's item of that sequence, and from what its real values can be,
 * to its views. While what it reads from stays the same, so do the tables, as objects.
 */
export function voiViewReader(
  values: AttributeValues,
): (group: DicomJson | undefined, limits: ValueLimits) => VoiViews {
  const ownTables = itemsOf(values, "VOILUTSequence");
  const ownWindows: WindowLists = {
    centers: listOf(values, "WindowCenter"),
    widths: listOf(values, "WindowWidth"),
    explanations: listOf(values, "WindowCenterWidthExplanation"),
  };
  const ownFunction = textOf(values, "VOILUTFunction");
  const readTables = rememberingTables();
  return (group, limits) => {
    const groupTables = jsonItems(group, "00283010");
    const groupWindows: WindowLists = {
      centers: jsonList(group, "00281050"),
      widths: jsonList(group, "00281051"),
      explanations: jsonList(group, "00281055"),
    };
    const grouped = groupTables.length > 0 || groupWindows.centers.some(isNumber);
    const name = jsonText(group, "00281056") ?? (grouped ? undefined : ownFunction);
    const voiLutFunction = name === "LINEAR_EXACT" || name === "SIGMOID" ? name : "LINEAR";
    return {
      windows: pairWindows(grouped ? groupWindows : ownWindows, voiLutFunction),
      voiLutFunction,
      voiTables: readTables(grouped ? groupTables : ownTables, limits),
    };
  };
}

/** The windows in the file's order, without those that count as absent. */
function pairWindows(lists: WindowLists, voiLutFunction: VoiLutFunction): VoiWindow[] {
  return lists.centers.flatMap((center, i) => {
    const width = lists.widths[i];
    const explanation = lists.explanations[i];
    if (!isNumber(center) || !isNumber(width)) return [];
    if (voiLutFunction === "LINEAR" ? width < 1 : width <= 0) return [];
    return [{ center, width, ...(typeof explanation === "string" ? { explanation } : {}) }];
  });
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** Reads tables, and gives the last ones again while the same is asked for: they may be long. */
function rememberingTables(): typeof readLookupTables {
  let last: {
    readonly items: readonly DicomJson[];
    readonly limits: ValueLimits;
    readonly tables: LookupTable[];
  } | null = null;
  return (items, limits) => {
    const same = last?.items === items && last.limits.low === limits.low &&
      last.limits.high === limits.high;
    if (last === null || !same) last = { items, limits, tables: readLookupTables(items, limits) };
    return last.tables;
  };
}
