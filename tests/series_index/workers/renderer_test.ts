import { Buffer } from "node:buffer";
import { assert, assertEquals } from "@std/assert";
import { Renderer } from "../../../series_index/workers/renderer.ts";
import { startThreads } from "../../../series_index/workers/start_threads.ts";
import { tasks } from "../../../series_index/workers/tasks.ts";
import { WorkerPool } from "../../../series_index/workers/worker_pool.ts";
import { describeSample, encodeJpeg2000, sampleImage } from "../../dicom/codecs/encode_samples.ts";

const image = sampleImage();
const description = describeSample(image, { transferSyntaxUID: "1.2.840.10008.1.2.4.90" });
const bytes = await encodeJpeg2000(image);

/** A renderer by whose clock every task takes as long, and the calls that start threads. */
function timed(milliseconds: number, start: (most: number) => WorkerPool | null = () => null) {
  let time = 0;
  const started: number[] = [];
  const renderer = new Renderer({
    now: () => time += milliseconds,
    start: (most) => {
      started.push(most);
      return start(most);
    },
  });
  return { renderer, started };
}

Deno.test("Threads are started when what is left would take longer than they do, frame by frame, too", async () => {
  for (
    const { each, frames, starts } of [
      { each: 2, frames: 36, starts: 0 },
      { each: 2, frames: 1000, starts: 1 },
      { each: 1, frames: 10_000, starts: 0 },
      { each: 20, frames: 36, starts: 1 },
      { each: 20, frames: 4, starts: 0 },
      { each: 500, frames: 1, starts: 0 },
    ]
  ) {
    const pools: WorkerPool[] = [];
    const { renderer, started } = timed(each, (most) => {
      const pool = startThreads(most);
      if (pool !== null) pools.push(pool);
      return pool;
    });
    renderer.expect(frames);
    for (let i = 0; i < Math.min(frames, 5); i++) {
      await renderer.decodeFrame(bytes, description, {});
    }
    renderer.close();
    assertEquals(started.length, starts, `${frames} frames of ${each} ms`);
    assertEquals(pools.every(({ size }) => size === 0), true);
  }
});

Deno.test("The first frame, which has its codec loaded, does not count", async () => {
  let time = 0;
  const steps = [3000, 1, 1, 1, 1];
  const started: number[] = [];
  const renderer = new Renderer({
    now: () => time,
    start: (most) => (started.push(most), null),
  });
  renderer.expect(100);
  for (const step of steps) {
    const decoding = renderer.decodeFrame(bytes, description, {});
    time += step;
    await decoding;
  }
  assertEquals(started, []);
});

Deno.test("What threads make of frames is what this thread makes of them", async () => {
  const { renderer } = timed(100, startThreads);
  renderer.expect(40);
  const voi = { kind: "window", function: "LINEAR", center: 100, width: 300 } as const;
  const drawings = [{ voi, size: { width: 7, height: 9 } }, { voi, size: { width: 3, height: 2 } }];
  try {
    const frame = await tasks.decodeFrame(bytes, description);
    const pictures = tasks.drawFrame(frame, description, drawings);
    for (let round = 0; round < 10; round++) {
      const parallel = Array.from({ length: renderer.parallel }, async () => {
        const decoded = await renderer.decodeFrame(bytes, description, {});
        assertEquals(decoded, frame);
        assertEquals(await renderer.drawFrame(decoded, description, drawings), pictures);
        // Neither the bytes nor the frame are handed over.
        assertEquals([decoded.data.length, bytes.length > 0], [frame.data.length, true]);
      });
      await Promise.all(parallel);
    }
    assertEquals(renderer.parallel, Math.min(16, Math.max(1, navigator.hardwareConcurrency)));
  } finally {
    renderer.close();
  }
  assert(bytes.length > 0);
});

Deno.test("What is handed over to threads is a copy, of a Node buffer that shares its memory, too", async () => {
  let ask = (_: unknown) => {};
  const thread = {
    onmessage: (_: { data: unknown }) => {},
    onerror: null,
    postMessage(request: unknown, transfer: Transferable[]) {
      ask(structuredClone(request, { transfer }));
      queueMicrotask(() => this.onmessage({ data: { kind: "done", value: null } }));
    },
    terminate() {},
  };
  const { renderer } = timed(1000, () => {
    const pool = new WorkerPool(1, () => thread as unknown as Worker);
    thread.onmessage({ data: { kind: "ready" } });
    return pool;
  });
  renderer.expect(100);
  const shared = Buffer.concat([Buffer.alloc(8), bytes]).subarray(8);
  const asked: unknown[] = [];
  ask = (request) => asked.push(request);
  for (let i = 0; i < 3; i++) await renderer.decodeFrame(shared, description, {});
  assertEquals(asked.length, 0);
  const tile = { column: 0, row: 0, frames: [0] };
  const stored = { bytes: shared, bitOffset: 0, transferSyntaxUID: description.transferSyntaxUID };
  await renderer.decodeFrame(shared, description, {});
  await renderer.decodeTile(stored, description, tile, description);
  renderer.close();
  assertEquals(asked.length, 2);
  assertEquals(new Uint8Array(shared), bytes);
});
