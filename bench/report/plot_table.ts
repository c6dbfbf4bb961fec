import type { ReportTable } from "../report_table.ts";
import { plotLines } from "./plot_lines.ts";

/** The plot of a table that tells how it is plotted; null for one that does not. */
export function plotTable(
  { columns, rows, plot }: ReportTable,
): { readonly name: string; readonly title: string; readonly svg: string } | null {
  if (plot === undefined) return null;
  const titleOf = (key: string) => columns.find((column) => column.key === key)?.title ?? key;
  const { name, title, x, y, by } = plot;
  const lines = Map.groupBy(rows, (row) => String(row[by]));
  const svg = plotLines({
    title,
    x: titleOf(x),
    y: titleOf(y),
    lines: [...lines].map(([name, rows]) => ({
      name,
      points: rows.flatMap((row) => {
        const [across, up] = [row[x], row[y]];
        return typeof across === "number" && typeof up === "number" ? [[across, up] as const] : [];
      }),
    })),
  });
  return { name, title, svg };
}
