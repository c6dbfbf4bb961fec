/** Something that reads what others wrote, and is fed with damaged input. */
export interface FuzzTarget {
  /** How many inputs a whole run takes. */
  readonly count: number;
  /** Milliseconds that one input may take. */
  readonly mostMilliseconds: number;
  /** Bytes by which the memory of its process may grow in a whole run. */
  readonly mostGrowth: number;
  /** Makes sound inputs, and readies the reader. */
  readonly prepare: (options: PrepareOptions) => Promise<FuzzSubject>;
}

/** What a target is prepared with. */
export interface PrepareOptions {
  /** Whether to damage real data too, where the shared test data is there. */
  readonly realData: boolean;
}

/** A target that is ready. */
export interface FuzzSubject {
  /**
   * Damages an input and reads it.
   *
   * @param random What alone may decide on the damage.
   * @returns Whether it was read all the same, or refused with a typed error.
   * @throws {unknown} Any other error is a fault, and so is a result that cannot be.
   */
  readonly run: (run: number, random: () => number) => Promise<"decoded" | "refused">;
  /**
   * Reads a sound input again.
   *
   * @throws {unknown} When it cannot be read any more, or reads otherwise than at first.
   */
  readonly verify: (run: number) => Promise<void>;
}
