import type { StoreOptions } from "../../retriever/store_options.ts";
import { FakeTimers } from "./fake_timers.ts";

/** Where the clocks of tests start. */
const START = Date.parse("2026-01-01T00:00:00Z");

/**
 * One time for all that a client goes by: its clock, its waits and its timers.
 * It stands still but for the waits asked of it, which take no time, and for
 * what is told to pass.
 */
export class VirtualTime {
  /** The timers of deadlines and idle limits. */
  readonly timers: FakeTimers = new FakeTimers();

  /** Milliseconds that have passed. */
  get passed(): number {
    return this.timers.now();
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.timers.advance(milliseconds);
  }

  /** What a store takes to go by this time. */
  get options(): Pick<StoreOptions, "now" | "sleep" | "timers"> {
    return {
      now: () => START + this.passed,
      sleep: (milliseconds) => Promise.resolve(this.pass(milliseconds)),
      timers: this.timers,
    };
  }
}
