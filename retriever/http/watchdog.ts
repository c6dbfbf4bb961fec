import { HostFailure } from "./host_failure.ts";

/** The longest time a timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A timer, of whichever type the runtime has for it. */
type Timer = ReturnType<typeof setTimeout>;

/** What a {@linkcode Watchdog} watches. */
export interface WatchdogOptions {
  /** The caller's signal. */
  signal?: AbortSignal | undefined;
  /** Longest time without a sign of life, in milliseconds. */
  idleTimeout: number;
  /** Time until the deadline of the read, in milliseconds. */
  remaining: number;
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
  readonly #deadline: Timer;
  #idle: Timer;
  #lastSign = performance.now();

  /** Starts to watch. */
  constructor(options: WatchdogOptions) {
    this.signal = this.#controller.signal;
    this.#caller = options.signal;
    this.#idleTimeout = Math.min(options.idleTimeout, LONGEST_TIMER);
    // The rejection reaches those who race; where nobody does, it is no accident.
    this.#aborted.promise.catch(() => {});
    this.#deadline = setTimeout(
      () => this.#abort(new HostFailure("not finished")),
      Math.min(options.remaining, LONGEST_TIMER),
    );
    this.#idle = setTimeout(() => this.#checkIdle(), this.#idleTimeout);
    this.#caller?.addEventListener("abort", this.#abortAsCaller, { once: true });
    if (this.#caller?.aborted) this.#abortAsCaller();
  }

  /** Tells that something came. */
  touch(): void {
    this.#lastSign = performance.now();
  }

  /** Settles as the promise does, or rejects as soon as the watch is over. */
  race<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#aborted.promise]);
  }

  /** Ends the watch. */
  stop(): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#idle);
    this.#caller?.removeEventListener("abort", this.#abortAsCaller);
  }

  #abortAsCaller = (): void => this.#abort(this.#caller?.reason);

  #abort(reason: unknown): void {
    this.#aborted.reject(reason);
    this.#controller.abort(reason);
  }

  #checkIdle(): void {
    const left = this.#idleTimeout - (performance.now() - this.#lastSign);
    if (left > 0) this.#idle = setTimeout(() => this.#checkIdle(), left);
    else this.#abort(new HostFailure(`no bytes for ${this.#idleTimeout / 1000} s`));
  }
}
