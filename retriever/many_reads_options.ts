import type { AbortOptions } from "../runtime/abort_options.ts";
import type { ProgressOptions } from "../runtime/progress_options.ts";

/** What a call takes that reads many objects. */
export interface ManyReadsOptions extends AbortOptions, ProgressOptions {
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
}
