import type { TransferStats } from "./transfer_stats.ts";

/** Reads an environment variable; answers undefined for one that is absent or may not be read. */
export type ReadEnvironment = (name: string) => string | undefined;

/**
 * Timers, and the clock that they go by.
 *
 * @example
 * ```ts
 * import { NetworkError } from "@dicom/series-preview";
 * import { HttpStore, type Timers } from "@dicom/series-preview/retriever";
 * import { assertRejects } from "@std/assert";
 *
 * // A clock that is a thousand times as fast: a host that never answers fails in milliseconds.
 * const timers: Timers = {
 *   now: () => performance.now() * 1000,
 *   start(callback, milliseconds) {
 *     const timer = setTimeout(callback, milliseconds / 1000);
 *     return () => clearTimeout(timer);
 *   },
 * };
 * const fetch = () => new Promise<Response>(() => {});
 * const sleep = () => Promise.resolve();
 * const store = new HttpStore("https://example.org/", { fetch, sleep, timers });
 * await assertRejects(() => store.get("1.dcm"), NetworkError, "no bytes for 10 s");
 * ```
 */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once after that many milliseconds; answers what stops it. */
  start(callback: () => void, milliseconds: number): () => void;
}

/** What every store that reads over a network takes. */
export interface StoreOptions {
  /** The fetch to use; the global one by default. */
  readonly fetch?: typeof fetch | undefined;
  /** Environment variables; those of the process, where it may read them, by default. */
  readonly env?: ReadEnvironment | undefined;
  /** Counters to add to. */
  readonly stats?: TransferStats | undefined;
  /** Deadline of one read with all its tries, in milliseconds; 60,000 by default. */
  readonly timeout?: number | undefined;
  /** Longest wait for the next bytes, in milliseconds; 10,000 by default. */
  readonly idleTimeout?: number | undefined;
  /** Waits that many milliseconds; injected by tests. */
  readonly sleep?: ((milliseconds: number, signal?: AbortSignal) => Promise<void>) | undefined;
  /** The clock in milliseconds; injected by tests. */
  readonly now?: (() => number) | undefined;
  /** The timers of deadlines and idle limits; injected by tests. */
  readonly timers?: Timers | undefined;
  /** A random number in [0, 1); injected by tests. */
  readonly random?: (() => number) | undefined;
}
