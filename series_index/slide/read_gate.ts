/** Lets a number of reads be under way at once, and the others wait for their turn. */
export class ReadGate {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param limit Most reads under way at once; 1 where it is less. */
  constructor(limit: number) {
    this.#free = Math.max(1, limit);
  }

  /** Makes a read when it is its turn. */
  async run<T>(read: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await read();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
