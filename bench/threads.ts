/**
 * Decodes and draws slices by one thread and by as many as there are cores, in turns:
 *
 * `deno run -A bench/threads.ts [--json]`
 *
 * Prints wall times, medians of the rounds, and how many times as fast threads are, their start
 * included.
 *
 * @module
 */
import { mapInOrder } from "../series_index/workers/map_in_order.ts";
import { Renderer } from "../series_index/workers/renderer.ts";
import { noThreads, startThreads } from "../series_index/workers/start_threads.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
} from "../tests/dicom/codecs/encode_samples.ts";
import { makeSlice, side } from "./make_slice.ts";
import { printTables } from "./report_table.ts";

const rounds = 5;
const slice = makeSlice();
const voi = { kind: "window", function: "LINEAR", center: 40, width: 400 } as const;
const drawings = [{ voi, size: { width: side, height: side } }];

/** Draws as many frames, and answers the milliseconds that it took. */
async function time(
  bytes: Uint8Array,
  transferSyntaxUID: string,
  count: number,
  start: typeof startThreads,
): Promise<number> {
  const description = describeSample(slice, { transferSyntaxUID });
  const renderer = new Renderer({ start });
  renderer.expect(count);
  const begin = performance.now();
  const frames = mapInOrder(
    Array.from({ length: count }),
    () => renderer.decodeFrame(bytes, description, {}),
    () => renderer.parallel,
  );
  const drawn = mapInOrder(
    frames,
    (frame) => renderer.drawFrame(frame, description, drawings),
    () => renderer.parallel,
  );
  for await (const _ of drawn);
  const taken = performance.now() - begin;
  renderer.close();
  return taken;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

const kinds = [
  ["native", "1.2.840.10008.1.2.1", new Uint8Array(Int16Array.from(slice.values).buffer)],
  ["HTJ2K", "1.2.840.10008.1.2.4.202", await encodeHtj2k(slice)],
  ["JPEG-LS", "1.2.840.10008.1.2.4.80", await encodeJpegLs(slice)],
  ["JPEG 2000", "1.2.840.10008.1.2.4.90", await encodeJpeg2000(slice)],
] as const;
const rows: Record<string, string | number>[] = [];
for (const [kind, uid, bytes] of kinds) {
  for (const count of [36, 120, 480]) {
    const [here, there]: [number[], number[]] = [[], []];
    // The first round loads the codec.
    for (let round = -1; round < rounds; round++) {
      const alone = await time(bytes, uid, count, noThreads);
      const threads = await time(bytes, uid, count, startThreads);
      if (round < 0) continue;
      here.push(alone);
      there.push(threads);
    }
    rows.push({
      kind,
      count,
      here: median(here),
      there: median(there),
      ratio: median(here) / median(there),
    });
  }
}
printTables([{
  title: `Slices of 512², ${navigator.hardwareConcurrency} cores`,
  columns: [
    { key: "kind", title: "" },
    { key: "count", title: "slices" },
    { key: "here", title: "one thread, ms" },
    { key: "there", title: "threads where they win, ms" },
    { key: "ratio", title: "times as fast", digits: 2 },
  ],
  rows,
}], Deno.args);
