import type { ErrorParts } from "./error_parts.ts";
import type { Tasks } from "./tasks.ts";

/** What a worker is asked to do. */
export interface TaskRequest<Name extends keyof Tasks = keyof Tasks> {
  readonly name: Name;
  readonly args: Parameters<Tasks[Name]>;
}

/** What a worker says: that it is up, or what became of the task it had. */
export type TaskReply =
  | { readonly kind: "ready" }
  | { readonly kind: "done"; readonly value: unknown }
  | { readonly kind: "failed"; readonly error: ErrorParts };
