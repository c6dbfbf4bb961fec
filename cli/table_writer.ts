import type { CliEnvironment } from "./environment.ts";
import { printable } from "./printable.ts";

/** A column of a table for people. */
export interface TableColumn {
  /** What stands above it. */
  readonly title: string;
  /** Whether its cells are numbers, which end below each other. */
  readonly isNumber?: boolean;
}

/** A cell; null where there is nothing to tell. */
export type TableCell = string | number | null;

/** Rows that are lined up together on a terminal. */
const blockRows = 1000;

/**
 * Writes a table on standard output as its rows come: in lined up columns with titles on a terminal,
 * else by tabs and without titles.
 */
export class TableWriter {
  readonly #columns: readonly TableColumn[];
  readonly #environment: CliEnvironment;
  readonly #isAligned: boolean;
  readonly #rows: (readonly TableCell[])[] = [];
  readonly #widths: number[];
  #isTitled = false;

  /** Makes an empty table; nothing is written yet. */
  constructor(columns: readonly TableColumn[], environment: CliEnvironment) {
    this.#columns = columns;
    this.#environment = environment;
    this.#isAligned = environment.isOutTerminal?.() ?? false;
    this.#widths = columns.map(({ title }) => title.length);
  }

  /** Adds a row; answers whether anybody reads on. */
  async add(cells: readonly TableCell[]): Promise<boolean> {
    this.#rows.push(cells);
    if (this.#rows.length === blockRows) await this.flush();
    return !this.#environment.isOutClosed?.();
  }

  /** Writes the rows that were added since. */
  async flush(): Promise<void> {
    const rows = this.#rows.splice(0).map((cells) => cells.map(textOf));
    if (rows.length === 0) return;
    const lines = this.#isAligned ? this.#align(rows) : rows.map((cells) => cells.join("\t"));
    await this.#environment.writeOut(new TextEncoder().encode(`${lines.join("\n")}\n`));
  }

  #align(rows: string[][]): string[] {
    if (!this.#isTitled) rows.unshift(this.#columns.map(({ title }) => title));
    this.#isTitled = true;
    // Later blocks are never narrower, so that their columns stay where they were if they can.
    for (const cells of rows) {
      cells.forEach((cell, i) => this.#widths[i] = Math.max(this.#widths[i]!, cell.length));
    }
    return rows.map((cells) =>
      cells.map((cell, i) => {
        const width = this.#widths[i]!;
        return this.#columns[i]!.isNumber ? cell.padStart(width) : cell.padEnd(width);
      }).join("  ").trimEnd()
    );
  }
}

function textOf(cell: TableCell): string {
  return cell === null ? "-" : printable(String(cell));
}
