/** Timers whose time passes only when it is told to. */
export class FakeTimers {
  #now = 0;
  readonly #waiting = new Set<{ readonly at: number; readonly callback: () => void }>();

  /** Milliseconds that have passed. */
  readonly now = (): number => this.#now;

  /** Starts a timer; answers what stops it. */
  readonly start = (callback: () => void, milliseconds: number): () => void => {
    const timer = { at: this.#now + milliseconds, callback };
    this.#waiting.add(timer);
    return () => void this.#waiting.delete(timer);
  };

  /** How many timers have neither ended nor been stopped. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Lets time pass, and calls back whoever's time has come, in order. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [first] = [...this.#waiting].sort((a, b) => a.at - b.at);
      if (first === undefined || first.at > end) break;
      this.#now = first.at;
      this.#waiting.delete(first);
      first.callback();
    }
    this.#now = end;
  }
}
