/** Which of a series' stacks is meant. */
export interface StackChoice {
  /** The one stack to choose slices of, counted from 0; all, in display order, by default. */
  readonly stack?: number | undefined;
}
