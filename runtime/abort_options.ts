/** What every asynchronous call takes. */
export interface AbortOptions {
  /** Aborts the call: it rejects with the signal's reason, at once or after the step under way. */
  readonly signal?: AbortSignal | undefined;
}
