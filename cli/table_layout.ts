import type { TableColumn } from "./table_column.ts";

/** Between two columns. */
const gap = 2;

/** Narrower than that, an elastic column tells too little: the terminal breaks the lines then. */
const leastElastic = 16;

/** A column in its place. */
interface PlacedColumn extends TableColumn {
  /** Which cell of a row it shows. */
  readonly cell: number;
  width: number;
}

/** Lays out rows of text in the columns that a terminal has room for. */
export class TableLayout {
  /** Titles of the columns that had no room, but for those that tell nothing. */
  readonly omitted: readonly string[];
  readonly #columns: readonly PlacedColumn[];
  readonly #room: number;

  /**
   * Chooses the columns that are shown.
   *
   * @param rows The first rows, by which they are chosen.
   * @param room Characters in a line.
   */
  constructor(
    columns: readonly TableColumn[],
    rows: readonly (readonly string[])[],
    room: number,
  ) {
    const all = columns.map((column, cell) => ({ ...column, cell, width: lengthOf(column.title) }));
    widen(all, rows);
    const rankOf = ({ usual, spare = Infinity, cell }: PlacedColumn) =>
      rows.every((cells) => cells[cell] === usual) ? 0 : spare;
    const ranks = all.map(rankOf).filter(Number.isFinite).sort((a, b) => a - b);
    let shown = all;
    for (const rank of ranks) {
      if (widthOf(shown) > room) shown = shown.filter((column) => rankOf(column) > rank);
    }
    this.#columns = shown;
    this.#room = room;
    this.omitted = all.filter((column) => !shown.includes(column) && rankOf(column) > 0)
      .map(({ title }) => title);
  }

  /** The line above the rows. */
  get titles(): string {
    return this.#line(this.#columns.map(({ title }) => title));
  }

  /** A line for each row. Columns are never narrower than before, so that they stay where they can. */
  lines(rows: readonly (readonly string[])[]): string[] {
    widen(this.#columns, rows);
    return rows.map((cells) => this.#line(this.#columns.map(({ cell }) => cells[cell]!)));
  }

  #line(cells: readonly string[]): string {
    const rooms = this.#rooms();
    return this.#columns.map(({ isNumber }, i) => {
      const text = withoutStart(cells[i]!, rooms[i]!);
      const space = " ".repeat(rooms[i]! - lengthOf(text));
      return isNumber ? space + text : text + space;
    }).join(" ".repeat(gap)).trimEnd();
  }

  /** How wide each column is: elastic ones give what is missing, the last one first. */
  #rooms(): number[] {
    let over = Math.max(0, widthOf(this.#columns) - this.#room);
    return this.#columns.toReversed().map(({ isElastic, width }) => {
      const given = isElastic ? Math.min(over, Math.max(0, width - leastElastic)) : 0;
      over -= given;
      return width - given;
    }).reverse();
  }
}

function widen(columns: readonly PlacedColumn[], rows: readonly (readonly string[])[]): void {
  for (const cells of rows) {
    for (const column of columns) {
      column.width = Math.max(column.width, lengthOf(cells[column.cell]!));
    }
  }
}

function widthOf(columns: readonly PlacedColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width + gap, -gap);
}

function withoutStart(text: string, room: number): string {
  return lengthOf(text) > room ? `…${[...text].slice(1 - room).join("")}` : text;
}

function lengthOf(text: string): number {
  return [...text].length;
}
