import { DecodeError } from "../../errors.ts";
import { fromErrorParts } from "./error_parts.ts";
import type { TaskReply, TaskRequest } from "./task_message.ts";
import { type Tasks, tasks } from "./tasks.ts";

/** A task that waits or is under way. */
interface Job {
  readonly request: TaskRequest;
  readonly transfer: Transferable[];
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread, and the task it has. */
interface Thread {
  readonly worker: Worker;
  isUp: boolean;
  job: Job | null;
}

/**
 * Threads that do tasks side by side. Until the first of them is up, the thread that asks does them
 * itself, and so it does where none comes up: whatever a worker takes to start, nothing waits for it.
 */
export class WorkerPool {
  readonly #threads = new Set<Thread>();
  readonly #waiting: Job[] = [];
  #isBusyHere = false;
  #isClosed = false;

  /**
   * Starts threads.
   *
   * @param size How many.
   * @param start Starts one; where it throws, those that it has started are ended.
   */
  constructor(size: number, start: () => Worker) {
    try {
      for (let i = 0; i < size; i++) this.#start(start());
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** How many threads there are. */
  get size(): number {
    return this.#threads.size;
  }

  /**
   * Does a task.
   *
   * @param transfer What of the arguments is handed over and no longer there after the call.
   * @throws What the task throws; a `DecodeError` when its thread died of it.
   */
  run<Name extends keyof Tasks>(
    name: Name,
    args: Parameters<Tasks[Name]>,
    transfer: Transferable[] = [],
  ): Promise<Awaited<ReturnType<Tasks[Name]>>> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw closed();
      this.#waiting.push({ request: { name, args }, transfer, resolve, reject });
      this.#next();
    });
  }

  /** Ends all threads. What they were asked for fails. */
  close(): void {
    this.#isClosed = true;
    const jobs = this.#waiting.splice(0);
    for (const thread of this.#threads) {
      thread.worker.terminate();
      if (thread.job !== null) jobs.push(thread.job);
    }
    this.#threads.clear();
    for (const { reject } of jobs) reject(closed());
  }

  #start(worker: Worker): void {
    const thread: Thread = { worker, isUp: false, job: null };
    this.#threads.add(thread);
    worker.onmessage = ({ data }: MessageEvent<TaskReply>) => this.#take(thread, data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(thread, event.message);
    };
  }

  #take(thread: Thread, reply: TaskReply): void {
    const { job } = thread;
    thread.job = null;
    if (reply.kind === "ready") thread.isUp = true;
    else if (reply.kind === "done") job!.resolve(reply.value as never);
    else job!.reject(fromErrorParts(reply.error));
    this.#next();
  }

  /** Goes on without a thread that did not come up, or died. */
  #lose(thread: Thread, reason: string): void {
    this.#threads.delete(thread);
    thread.worker.terminate();
    thread.job?.reject(new DecodeError(`the thread that had it died: ${reason}`));
    this.#next();
  }

  /** Gives out what waits, as far as there is somebody free. */
  #next(): void {
    for (const thread of this.#threads) {
      // One that cannot be handed over leaves its thread free for the next.
      while (thread.isUp && thread.job === null) {
        const job = this.#waiting.shift();
        if (job === undefined) return;
        this.#post(thread, job);
      }
    }
    if (this.#waiting.length > 0 && ![...this.#threads].some(({ isUp }) => isUp)) this.#runHere();
  }

  #post(thread: Thread, job: Job): void {
    try {
      thread.worker.postMessage(job.request, job.transfer);
      thread.job = job;
    } catch (error) {
      job.reject(error);
    }
  }

  /** Does one task on this thread, and lets others have their turn before the next. */
  async #runHere(): Promise<void> {
    if (this.#isBusyHere) return;
    this.#isBusyHere = true;
    const { request: { name, args }, resolve, reject } = this.#waiting.shift()!;
    try {
      const task = tasks[name] as (...args: unknown[]) => unknown;
      resolve(await task(...args) as never);
    } catch (error) {
      reject(error);
    }
    await new Promise((resolve) => setTimeout(resolve));
    this.#isBusyHere = false;
    if (!this.#isClosed) this.#next();
  }
}

function closed(): DOMException {
  return new DOMException("the threads were ended", "AbortError");
}
