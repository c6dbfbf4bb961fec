import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { parseContrast } from "@dicom/series-preview/contrast";
import { IndexBuilder } from "@dicom/series-preview/index-cache";
import { MemoryStore, readHeader } from "@dicom/series-preview/retriever";
import { planVideo } from "../../../mosaic/video/plan_video.ts";
import { drawFrames } from "../../../series_index/draw_frames.ts";
import type { Failure } from "../../../series_index/failures.ts";
import { SliceReader } from "../../../series_index/slice_reader.ts";
import { toIndexedInstance } from "../../../series_index/to_indexed_instance.ts";
import { Renderer } from "../../../series_index/workers/renderer.ts";
import { noThreads, startThreads } from "../../../series_index/workers/start_threads.ts";
import { encodeJpeg2000 } from "../../dicom/codecs/encode_samples.ts";
import { bodySlice } from "../../support/body_slice.ts";
import { compressedSlice } from "../../support/compressed_slice.ts";

const side = 128;
const codestreams = await Promise.all(
  [1, 2, 3].map((seed) => encodeJpeg2000(bodySlice(side, seed), { levels: 3 })),
);

/** A series in JPEG 2000 of which one slice is broken, and what reads it. */
async function openSeries(count: number, broken: number): Promise<SliceReader> {
  const objects = new Map(
    Array.from({ length: count }, (_, number) => {
      const whole = codestreams[number % 3]!;
      const frame = number === broken ? whole.slice(0, 40) : whole;
      const transferSyntaxUID = "1.2.840.10008.1.2.4.90";
      const form = { transferSyntaxUID, rows: side, columns: side, frames: [frame], number };
      return [`${String(number).padStart(3, "0")}.dcm`, compressedSlice(form)] as const;
    }),
  );
  const store = new MemoryStore(objects);
  const builder = new IndexBuilder();
  for (const key of objects.keys()) {
    builder.add(await toIndexedInstance(await readHeader(store, key)));
  }
  return new SliceReader(
    await builder.build({ seriesUID: "series", address: store.url("") }),
    store,
  );
}

/** Counts the frames that are decoded, or being decoded, and not yet drawn. */
class CountingRenderer extends Renderer {
  #open = 0;
  most = 0;
  mostParallel = 0;

  override async decodeFrame(...args: Parameters<Renderer["decodeFrame"]>) {
    this.most = Math.max(this.most, ++this.#open);
    this.mostParallel = Math.max(this.mostParallel, this.parallel);
    try {
      return await super.decodeFrame(...args);
    } catch (error) {
      this.#open--;
      throw error;
    }
  }

  override async drawFrame(...args: Parameters<Renderer["drawFrame"]>) {
    try {
      return await super.drawFrame(...args);
    } finally {
      this.#open--;
    }
  }
}

/** Draws a video's frames by a renderer by whose clock each task takes a tenth of a second. */
async function draw(reader: SliceReader, count: number, start: typeof startThreads) {
  let time = 0;
  const renderer = new CountingRenderer({ now: () => time += 100, start });
  const indices = Array.from({ length: count }, (_, i) => i);
  const failures: Failure[] = [];
  const frames = await Array.fromAsync(drawFrames(reader, indices, {
    address: "memory:",
    contrast: parseContrast("400/40"),
    layout: planVideo([reader.describe(0)], {}),
    failures,
    renderer,
  }, { concurrency: 32 }));
  return { frames, failures, renderer };
}

Deno.test("120 frames drawn in threads are those drawn without, and few are in memory", async () => {
  const [count, broken] = [120, 77];
  const reader = await openSeries(count, broken);
  const here = await draw(reader, count, noThreads);
  const there = await draw(reader, count, startThreads);
  assertEquals(there.frames, here.frames);
  assertEquals(there.frames.length, count);
  const told = ({ failures }: typeof here) =>
    failures.map(({ url, cause }) => [url, cause.name, cause.message]);
  assertEquals(told(there), told(here));
  assertEquals(here.failures.length, 1);
  assert(here.failures[0]!.url.length > 0);
  assertEquals(here.renderer.most, 1);
  const workers = Math.min(16, navigator.hardwareConcurrency);
  assertEquals(there.renderer.mostParallel, workers);
  assertLessOrEqual(there.renderer.most, 2 * workers);
});

Deno.test("An abort does not wait for what a thread is at", async () => {
  const reader = await openSeries(3, -1);
  const controller = new AbortController();
  const reason = new Error("seen enough");
  class StuckRenderer extends Renderer {
    override decodeFrame(): Promise<never> {
      queueMicrotask(() => controller.abort(reason));
      return new Promise(() => {});
    }
  }
  const options = { renderer: new StuckRenderer(), signal: controller.signal };
  const read = Array.fromAsync(reader.read([0, 1, 2], options));
  assertEquals(await read.catch((error) => error), reason);
});
