import type { EmbeddedViews } from "./embedded_views.ts";
import type { Voi } from "./voi.ts";

/** The views that a file itself holds, in the order they are counted; those it cannot be shown by are left out. */
export function embeddedVois(views: EmbeddedViews): Voi[] {
  const { segmentColors, voiTables, windows, voiLutFunction } = views;
  const isUsable = (width: number) => voiLutFunction === "LINEAR" ? width >= 1 : width > 0;
  return [
    ...(segmentColors ? [{ kind: "colors", palette: segmentColors } as const] : []),
    ...voiTables.map((table) => ({ kind: "table", table }) as const),
    ...windows
      .filter(({ width }) => isUsable(width))
      .map((window) => ({ ...window, kind: "window", function: voiLutFunction }) as const),
  ];
}
