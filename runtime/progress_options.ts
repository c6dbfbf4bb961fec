/** What a call takes that works through many things. */
export interface ProgressOptions {
  /** Called after each of them with how many are done, and of how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}
