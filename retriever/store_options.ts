import type { TransferStats } from "./transfer_stats.ts";

/** Reads an environment variable; answers undefined for one that is absent or may not be read. */
export type ReadEnvironment = (name: string) => string | undefined;

/** Timers, and the clock that they go by. */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once after that many milliseconds; answers what stops it. */
  start(callback: () => void, milliseconds: number): () => void;
}

/** What every store that reads over a network takes. */
export interface StoreOptions {
  /** The fetch to use; the global one by default. */
  fetch?: typeof fetch | undefined;
  /** Environment variables; those of the process, where it may read them, by default. */
  env?: ReadEnvironment | undefined;
  /** Counters to add to. */
  stats?: TransferStats | undefined;
  /** Deadline of one read with all its tries, in milliseconds; 60,000 by default. */
  timeout?: number | undefined;
  /** Longest wait for the next bytes, in milliseconds; 10,000 by default. */
  idleTimeout?: number | undefined;
  /** Waits that many milliseconds; injected by tests. */
  sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** The clock in milliseconds; injected by tests. */
  now?: (() => number) | undefined;
  /** The timers of deadlines and idle limits; injected by tests. */
  timers?: Timers | undefined;
  /** A random number in [0, 1); injected by tests. */
  random?: (() => number) | undefined;
}
