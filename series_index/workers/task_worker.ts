/**
 * A thread that does tasks for a `WorkerPool`, one after the other.
 *
 * @module
 */
import { toErrorParts } from "./error_parts.ts";
import { listBuffers } from "./list_buffers.ts";
import type { TaskReply, TaskRequest } from "./task_message.ts";
import { tasks } from "./tasks.ts";

/** The part of a worker's global scope that is used. */
const scope = globalThis as unknown as {
  postMessage(message: TaskReply, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<TaskRequest>) => void): void;
};

scope.addEventListener("message", async ({ data: { name, args } }) => {
  try {
    const task = tasks[name] as (...args: unknown[]) => unknown;
    const value = await task(...args);
    scope.postMessage({ kind: "done", value }, listBuffers(value));
  } catch (error) {
    scope.postMessage({ kind: "failed", error: toErrorParts(error) });
  }
});
scope.postMessage({ kind: "ready" });
