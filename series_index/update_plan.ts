import type { ObjectEntry } from "../retriever/store.ts";

/** What is to be done to an index, so that it tells of a series as it is now. */
export interface UpdatePlan {
  /** Addresses of the objects that are not to be read for what the index has of them any more. */
  readonly drop: ReadonlySet<string>;
  /** Keys of the objects whose headers are to be read, in the order of the listing. */
  readonly read: readonly string[];
  /** What the listing told, where there was one. */
  readonly entries?: readonly ObjectEntry[] | undefined;
}
