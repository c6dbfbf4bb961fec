// deno-lint-ignore-file no-console -- it prints for programs of the terminal

/** A column of a {@linkcode ReportTable}. */
export interface ReportColumn {
  /** What its figures are called in JSON. */
  readonly key: string;
  /** What is above it in Markdown. */
  readonly title: string;
  /** Digits after the point in Markdown; 0 by default. */
  readonly digits?: number;
  /** Written after each figure in Markdown. */
  readonly unit?: string;
}

/** How the figures of a {@linkcode ReportTable} are plotted, by keys of its columns. */
export interface ReportPlot {
  /** Of the picture's file, without suffix. */
  readonly name: string;
  readonly title: string;
  /** Along the axes. */
  readonly x: string;
  readonly y: string;
  /** A line for each of its values. */
  readonly by: string;
}

/** Figures, a row each by the keys of the columns; null where there is none. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly Readonly<Record<string, string | number | null>>[];
  readonly plot?: ReportPlot;
}

/** Prints tables as Markdown, or with `--json` among the words of the program as JSON. */
export function printTables(tables: readonly ReportTable[], words: readonly string[]): void {
  if (words.includes("--json")) {
    console.log(JSON.stringify(tables, null, 2));
    return;
  }
  console.log(tables.map(toMarkdown).join("\n\n"));
}

/** Writes a table as Markdown, its title above it. */
export function toMarkdown({ title, columns, rows }: ReportTable): string {
  const isText = ({ key }: ReportColumn) => rows.some((row) => typeof row[key] === "string");
  return [
    `**${title}**\n`,
    line(columns.map(({ title }) => title)),
    line(columns.map((column) => isText(column) ? "---" : "---:")),
    ...rows.map((row) => line(columns.map((column) => cell(row[column.key] ?? null, column)))),
  ].join("\n");
}

function cell(value: string | number | null, { digits = 0, unit = "" }: ReportColumn): string {
  return typeof value === "number" ? value.toFixed(digits) + unit : value ?? "";
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
