import { WorkerPool } from "./worker_pool.ts";

/** More would cost more memory than they save time. */
const mostThreads = 16;

/** The part of Deno, where there is one, that tells what may be read. */
interface Permissions {
  querySync?(descriptor: { readonly name: "read"; readonly path: URL }): { readonly state: string };
}

/**
 * Starts threads, one for each core.
 *
 * @param most How many are of use.
 * @returns Null where a thread could not be had, or would be the only one.
 */
export function startThreads(most: number): WorkerPool | null {
  const size = Math.min(navigator.hardwareConcurrency ?? 1, most, mostThreads);
  if (size < 2 || typeof Worker === "undefined") return null;
  const address = new URL("./task_worker.ts", import.meta.url);
  if (!mayRead(address)) return null;
  try {
    return new WorkerPool(size, () => new Worker(address, { type: "module" }));
  } catch {
    // A page may start none of a module from another origin, and some runtimes have the name alone:
    // either throws what it likes.
    return null;
  }
}

/** Whether a module may be read; what is not a file is the program's own. */
function mayRead(address: URL): boolean {
  if (address.protocol !== "file:") return true;
  const { Deno } = globalThis as { Deno?: { readonly permissions?: Permissions } };
  const status = Deno?.permissions?.querySync?.({ name: "read", path: address });
  return status === undefined || status.state === "granted";
}

/** Starts none. */
export function noThreads(): null {
  return null;
}
