import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import type { Frame } from "../../../dicom/frame.ts";
import { DecodeError, UnsupportedTransferSyntaxError } from "../../../errors.ts";
import { startThreads } from "../../../series_index/workers/start_threads.ts";
import { tasks } from "../../../series_index/workers/tasks.ts";
import { WorkerPool } from "../../../series_index/workers/worker_pool.ts";
import { describeSample, sampleImage } from "../../dicom/codecs/encode_samples.ts";

const image = sampleImage();
const description = describeSample(image);
const stored = (seed: number) =>
  new Uint8Array(
    Uint16Array.from({ length: image.rows * image.columns }, (_, i) => (i * 7 + seed * 13) & 0xfff)
      .buffer,
  );

const taskWorker = new URL("../../../series_index/workers/task_worker.ts", import.meta.url);

/** Starts threads, each once it is up. */
async function startPool(size: number): Promise<WorkerPool> {
  const up: Promise<unknown>[] = [];
  const pool = new WorkerPool(size, () => {
    const worker = new Worker(taskWorker, { type: "module" });
    up.push(new Promise((resolve) => worker.addEventListener("message", resolve, { once: true })));
    return worker;
  });
  await Promise.all(up);
  return pool;
}

Deno.test("Threads decode and draw what this thread does, each task its own", async () => {
  const pool = await startPool(2);
  try {
    const seeds = Array.from({ length: 12 }, (_, i) => i);
    const here = await Promise.all(
      seeds.map((seed) => tasks.decodeFrame(stored(seed), description)),
    );
    const there = await Promise.all(
      seeds.map((seed) => pool.run("decodeFrame", [stored(seed), description, {}])),
    );
    assertEquals(there, here);
    const voi = { kind: "window", function: "LINEAR", center: 2000, width: 3000 } as const;
    const drawings = [{ voi, size: { width: 5, height: 4 } }];
    for (const frame of here) {
      assertEquals(
        await pool.run("drawFrame", [frame, description, drawings]),
        tasks.drawFrame(frame, description, drawings),
      );
    }
  } finally {
    pool.close();
  }
});

Deno.test("What is handed over to a thread is copied no more, and comes back as new", async () => {
  const pool = await startPool(1);
  try {
    const bytes = stored(1);
    const frame: Frame = await pool.run("decodeFrame", [bytes, description, {}], [bytes.buffer]);
    assertEquals(bytes.length, 0);
    assertEquals(frame.data.length, image.rows * image.columns);
  } finally {
    pool.close();
  }
});

Deno.test("What fails in a thread is of the class it has here, and the thread goes on", async () => {
  const pool = await startPool(1);
  try {
    const cut = await assertRejects(
      () => pool.run("decodeFrame", [new Uint8Array(3), description, {}]),
      DecodeError,
      "cut",
    );
    assertEquals(cut.address, null);
    const transferSyntaxUID = "1.2.840.10008.1.2.4.100";
    const refused = await assertRejects(
      () =>
        pool.run("decodeFrame", [stored(0), { ...description, transferSyntaxUID }, {
          address: "mem:a",
        }]),
      UnsupportedTransferSyntaxError,
    );
    assertEquals([refused.transferSyntaxUID, refused.address], [transferSyntaxUID, "mem:a"]);
    const frame = await pool.run("decodeFrame", [stored(0), description, {}]);
    assertEquals(frame.rows, image.rows);
  } finally {
    pool.close();
  }
});

/** A thread of a module made of text. */
function threadOf(module: string): Worker {
  return new Worker(`data:text/javascript,${encodeURIComponent(module)}`, { type: "module" });
}

Deno.test("Until a thread is up, and where none comes up, tasks are done here", async () => {
  const pool = new WorkerPool(2, () => threadOf("while (true) await new Promise(() => {});"));
  try {
    const frames = [0, 1, 2].map((seed) =>
      pool.run("decodeFrame", [stored(seed), description, {}])
    );
    assertEquals((await Promise.all(frames)).length, 3);
  } finally {
    pool.close();
  }
});

Deno.test("A task whose thread dies of it fails by name, and the others are done", async () => {
  const pool = new WorkerPool(1, () =>
    threadOf(`
      onmessage = () => { setTimeout(() => { throw new Error("out of memory"); }); };
      postMessage({ kind: "ready" });
    `));
  // It is up once a task has gone to it, which it never answers.
  let died: unknown;
  for (let i = 0; i < 1000 && died === undefined; i++) {
    await pool.run("decodeFrame", [stored(i), description, {}]).catch((error) => died = error);
  }
  assertInstanceOf(died, DecodeError);
  assert(died.message.includes("the thread that had it died"), died.message);
  assertEquals(pool.size, 0);
  assertEquals((await pool.run("decodeFrame", [stored(0), description, {}])).rows, image.rows);
  pool.close();
});

Deno.test("What a pool has not done when it is closed fails, and it takes nothing more", async () => {
  const pool = await startPool(1);
  const runs = [0, 1, 2].map((seed) => pool.run("decodeFrame", [stored(seed), description, {}]));
  const failed = Promise.allSettled(runs);
  pool.close();
  assertEquals((await failed).map(({ status }) => status), ["rejected", "rejected", "rejected"]);
  await assertRejects(
    () => pool.run("decodeFrame", [stored(0), description, {}]),
    DOMException,
    "ended",
  );
});

Deno.test("As many threads start as are of use and as there are cores", () => {
  assertEquals(startThreads(1), null);
  const pool = startThreads(1000);
  const cores = navigator.hardwareConcurrency;
  assertEquals(pool?.size ?? 1, Math.min(16, cores));
  pool?.close();
});

/** A thread that answers when it is told to, and what it has been asked for. */
class PlayedThread {
  readonly posted: unknown[] = [];
  isEnded = false;
  onmessage!: (event: { data: unknown }) => void;

  postMessage(request: unknown): void {
    this.posted.push(structuredClone(request));
  }

  answer(data: unknown): void {
    this.onmessage({ data });
  }

  terminate(): void {
    this.isEnded = true;
  }
}

Deno.test("A task that cannot be handed over fails, and the one behind it is done", async () => {
  const thread = new PlayedThread();
  const pool = new WorkerPool(1, () => thread as unknown as Worker);
  thread.answer({ kind: "ready" });
  const first = pool.run("decodeFrame", [stored(0), description, {}]);
  const uncloneable = { ...description, rows: (() => 0) as unknown as number };
  const second = pool.run("decodeFrame", [stored(1), uncloneable, {}]);
  const third = pool.run("decodeFrame", [stored(2), description, {}]);
  thread.answer({ kind: "done", value: "first" });
  await assertRejects(() => second, DOMException, "clone");
  assertEquals(thread.posted.length, 2);
  thread.answer({ kind: "done", value: "third" });
  assertEquals<unknown>(await Promise.all([first, third]), ["first", "third"]);
  pool.close();
});

Deno.test("Where a thread may not be started there are none, and those before it end", () => {
  const threads: PlayedThread[] = [];
  class RefusedThread extends PlayedThread {
    constructor() {
      super();
      if (threads.push(this) === 2) throw new DOMException("another origin", "SecurityError");
    }
  }
  const { Worker } = globalThis;
  try {
    globalThis.Worker = RefusedThread as unknown as typeof Worker;
    assertEquals(startThreads(1000), null);
  } finally {
    globalThis.Worker = Worker;
  }
  // One core alone has nothing to start.
  assertEquals(threads.length, navigator.hardwareConcurrency > 1 ? 2 : 0);
  assert(threads.slice(0, 1).every(({ isEnded }) => isEnded));
});
