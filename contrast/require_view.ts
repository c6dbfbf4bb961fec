import { UsageError } from "../errors.ts";
import type { Contrast } from "./contrast.ts";
import type { EmbeddedViews } from "./embedded_views.ts";
import { embeddedVois } from "./embedded_vois.ts";
import type { Voi } from "./voi.ts";

/**
 * Checks that one image of a sample at least holds the view that a call asks
 * for by number. The first view is never missed: without one, `embedded` is a
 * measured window.
 *
 * @throws {UsageError} When none does, saying how many views there are and what they are for.
 */
export function requireView(contrast: Contrast, sample: Iterable<EmbeddedViews>): void {
  if (contrast.kind !== "embedded" || contrast.window === 0) return;
  let most: readonly Voi[] = [];
  for (const views of sample) {
    const vois = embeddedVois(views);
    if (vois.length > contrast.window) return;
    if (vois.length > most.length) most = vois;
  }
  const held = most.length === 0
    ? "none"
    : `${most.length === 1 ? "only view" : "views"} ${listViews(most)}`;
  throw new UsageError(
    `window is ${contrast.window}; no slice has that view: a file holds ${held}`,
  );
}

/** The numbers of views and what they are for, the first few of many. */
function listViews(vois: readonly Voi[]): string {
  const few = vois.slice(0, 8).map((voi, i) => `${i}${explain(voi)}`);
  return [...few, ...(vois.length > few.length ? ["…"] : [])].join(", ");
}

/** What the file says a view is for, in parentheses; nothing where it does not tell. */
function explain(voi: Voi): string {
  const text = voi.kind === "window"
    ? voi.explanation
    : voi.kind === "table"
    ? voi.table.explanation
    : "segment colors";
  return text ? ` (${text})` : "";
}
