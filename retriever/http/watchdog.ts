import type { Timers } from "../store_options.ts";
import { HostFailure } from "./host_failure.ts";

/** The longest time a timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** The timers of the runtime. */
const SYSTEM_TIMERS: Timers = {
  now: () => performance.now(),
  start: (callback, milliseconds) => {
    const timer = setTimeout(callback, Math.min(milliseconds, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
};

/** What a {@linkcode Watchdog} watches. */
export interface WatchdogOptions {
  /** The caller's signal. */
  signal?: AbortSignal | undefined;
  /** Longest time without a sign of life, in milliseconds. */
  idleTimeout: number;
  /** Time until the deadline of the read, in milliseconds. */
  remaining: number;
  /** The timers to go by; the runtime's by default. */
  timers?: Timers | undefined;
}

/**
 * Watches one try of a request: its signal aborts when the caller's does, when
 * nothing came for too long, and at the deadline.
 */
export class Watchdog {
  /** Aborts with the caller's reason or with a {@linkcode HostFailure}. */
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #idleTimeout: number;
  readonly #aborted = Promise.withResolvers<never>();
  readonly #timers: Timers;
  readonly #stopDeadline: () => void;
  #stopIdle: () => void;
  #lastSign: number;

  /** Starts to watch. */
  constructor(options: WatchdogOptions) {
    this.signal = this.#controller.signal;
    this.#caller = options.signal;
    this.#idleTimeout = options.idleTimeout;
    this.#timers = options.timers ?? SYSTEM_TIMERS;
    this.#lastSign = this.#timers.now();
    // The rejection reaches those who race; where nobody does, it is no accident.
    this.#aborted.promise.catch(() => {});
    this.#stopDeadline = this.#timers.start(
      () => this.#abort(new HostFailure("not finished")),
      options.remaining,
    );
    this.#stopIdle = this.#timers.start(() => this.#checkIdle(), this.#idleTimeout);
    this.#caller?.addEventListener("abort", this.#abortAsCaller, { once: true });
    if (this.#caller?.aborted) this.#abortAsCaller();
  }

  /** Tells that something came. */
  touch(): void {
    this.#lastSign = this.#timers.now();
  }

  /** Settles as the promise does, or rejects as soon as the watch is over. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#aborted.promise]);
  }

  /** Ends the watch. */
  stop(): void {
    this.#stopDeadline();
    this.#stopIdle();
    this.#caller?.removeEventListener("abort", this.#abortAsCaller);
  }

  #abortAsCaller = (): void => this.#abort(this.#caller?.reason);

  #abort(reason: unknown): void {
    this.#aborted.reject(reason);
    this.#controller.abort(reason);
  }

  #checkIdle(): void {
    const left = this.#lastSign + this.#idleTimeout - this.#timers.now();
    if (left > 0) this.#stopIdle = this.#timers.start(() => this.#checkIdle(), left);
    else this.#abort(new HostFailure(`no bytes for ${this.#idleTimeout / 1000} s`));
  }
}
