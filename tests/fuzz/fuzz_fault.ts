/** A run of the fuzzing that came to another end than it may. */
export class FuzzFault extends Error {
  /** The run's number. */
  readonly run: number;

  constructor(run: number, what: string, cause?: unknown) {
    const told = cause instanceof Error ? cause.stack : cause;
    super(`run ${run}: ${what}${told === undefined ? "" : `: ${told}`}`, { cause });
    this.name = "FuzzFault";
    this.run = run;
  }
}
