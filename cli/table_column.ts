/** A column of a table for people. */
export interface TableColumn {
  /** What stands above it. */
  readonly title: string;
  /** Whether its cells are numbers, which end below each other. */
  readonly isNumber?: boolean;
  /** What its cells say where it tells nothing; one of such cells alone is the first to be left out. */
  readonly usual?: string;
  /** Left out where the table is wider than the terminal, the lowest rank first. */
  readonly spare?: number;
  /** Whether its cells lose their starts where that is not enough. */
  readonly isElastic?: boolean;
}
