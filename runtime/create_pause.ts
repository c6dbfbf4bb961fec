import { nextTurn } from "./next_turn.ts";

/** Milliseconds of computing that an abort, or a click, may have to wait for. */
const longestRun = 50;

/**
 * Makes what a long computation awaits between two of its steps: now and then it lets the event
 * loop have its turn, without which no abort would ever come, and throws the signal's reason once
 * there is one.
 */
export function createPause(signal: AbortSignal | undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= longestRun) {
      await nextTurn();
      since = performance.now();
    }
    signal?.throwIfAborted();
  };
}
