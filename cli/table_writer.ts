import type { Console } from "./console.ts";
import type { CliEnvironment } from "./environment.ts";
import { printable } from "./printable.ts";
import type { TableColumn } from "./table_column.ts";
import { TableLayout } from "./table_layout.ts";

/** A cell; null where there is nothing to tell. */
export type TableCell = string | number | null;

/** Rows that are lined up together on a terminal. */
const blockRows = 1000;

/**
 * Writes a table on standard output as its rows come: in lined up columns with titles on a terminal,
 * as many as it has room for, else all by tabs and without titles.
 */
export class TableWriter {
  readonly #columns: readonly TableColumn[];
  readonly #environment: CliEnvironment;
  readonly #isAligned: boolean;
  readonly #rows: (readonly TableCell[])[] = [];
  #layout: TableLayout | null = null;

  /** Makes an empty table; nothing is written yet. */
  constructor(columns: readonly TableColumn[], environment: CliEnvironment) {
    this.#columns = columns;
    this.#environment = environment;
    this.#isAligned = environment.isOutTerminal?.() ?? false;
  }

  /** Adds a row; answers whether anybody reads on. */
  async add(cells: readonly TableCell[]): Promise<boolean> {
    this.#rows.push(cells);
    if (this.#rows.length === blockRows) await this.#flush();
    return !this.#environment.isOutClosed?.();
  }

  /** Writes the rows that were added since, and says which columns had no room. */
  async end(console: Console): Promise<void> {
    await this.#flush();
    const { omitted = [] } = this.#layout ?? {};
    if (omitted.length > 0) {
      console.note(`no room for ${omitted.join(", ")}; a pipe and --json have all`);
    }
  }

  async #flush(): Promise<void> {
    const rows = this.#rows.splice(0).map((cells) => cells.map(textOf));
    if (rows.length === 0) return;
    const lines = this.#isAligned ? this.#align(rows) : rows.map((cells) => cells.join("\t"));
    await this.#environment.writeOut(new TextEncoder().encode(`${lines.join("\n")}\n`));
  }

  #align(rows: string[][]): string[] {
    if (this.#layout !== null) return this.#layout.lines(rows);
    const { columns } = this.#environment;
    this.#layout = new TableLayout(this.#columns, rows, columns?.() ?? 80);
    return [this.#layout.titles, ...this.#layout.lines(rows)];
  }
}

function textOf(cell: TableCell): string {
  return cell === null ? "-" : printable(String(cell));
}
