/** Reads that go one by one before more may at a time. */
const singles = 4;

/**
 * Lets the first reads of a series go one by one, until one of them has shown
 * what the others need to know. Where none of the first four does, as in a
 * folder of other files, one more at a time may go with each that ended.
 */
export class LearningGate {
  readonly #isOpen: () => boolean;
  #under = 0;
  #ended = 0;
  #change = Promise.withResolvers<void>();

  /** Makes a gate that lets all reads through as soon as the function answers true. */
  constructor(isOpen: () => boolean) {
    this.#isOpen = isOpen;
  }

  /** Runs a read when it may go. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    while (!this.#isOpen() && this.#under >= Math.max(1, this.#ended - singles + 2)) {
      await this.#change.promise;
    }
    this.#under++;
    try {
      return await read();
    } finally {
      this.#under--;
      this.#ended++;
      this.#change.resolve();
      this.#change = Promise.withResolvers<void>();
    }
  }
}
