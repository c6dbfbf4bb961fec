import { assertEquals, assertGreater, assertLessOrEqual } from "@std/assert";
import { decodePixels, type PixelArray } from "@dicom/series-preview/dicom";
import { wholeHeader } from "../dicom/header_facts.ts";
import { listInstances, listKinds, readShared, testShared } from "../support/shared_data.ts";

/** What the oracle says of stored values. */
interface StoredPixels {
  readonly sha256: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly rawMin: number;
  readonly rawMax: number;
}

/** The typed arrays that the oracle's names stand for; it hashes in little endian all the same. */
const ARRAYS: Readonly<Record<string, string>> = {
  "uint8": "Uint8Array",
  "int16": "Int16Array",
  ">i2": "Int16Array",
  "uint16": "Uint16Array",
  ">u2": "Uint16Array",
  "uint32": "Uint32Array",
};

/** Lossy and in floats, so that decoders round in their own ways; all others agree to the bit. */
const INEXACT = "1.2.840.10008.1.2.4.203";

function summarize(data: PixelArray): { least: number; greatest: number; mean: number } {
  let least = Infinity;
  let greatest = -Infinity;
  let sum = 0;
  for (const value of data) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sum += value;
  }
  return { least, greatest, mean: sum / data.length };
}

testShared("The pixels of every shared instance are those of the oracle", async (oracle) => {
  let exact = 0;
  for (const { path, expected } of listInstances(oracle)) {
    const object = readShared(path);
    if (!expected.pixels) continue;
    const pixels = expected.pixels as unknown as StoredPixels;
    const { data, rows, columns, samplesPerPixel, frames } = await decodePixels(object);
    const size = pixels.shape.reduce((product, length) => product * length, 1);
    assertEquals(frames * rows * columns * samplesPerPixel, size, path);
    assertEquals(data.length, size, path);
    assertEquals(data.constructor.name, ARRAYS[pixels.dtype], path);
    if (wholeHeader(object).transferSyntaxUID === INEXACT) {
      const { least, greatest } = summarize(data);
      assertLessOrEqual(Math.abs(least - pixels.rawMin), 1, path);
      assertLessOrEqual(Math.abs(greatest - pixels.rawMax), 1, path);
      continue;
    }
    const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    assertEquals(new Uint8Array(digest).toHex().slice(0, 16), pixels.sha256, path);
    exact++;
  }
  assertGreater(exact, 480);
});

testShared("JPEG 2000 and HTJ2K come at the level that is asked for", async (oracle) => {
  const halved = new Set<string>();
  for (const { path } of listKinds(oracle)) {
    const object = readShared(path);
    const { transferSyntaxUID } = wholeHeader(object);
    if (!/\.4\.(9[01]|20[123])$/.test(transferSyntaxUID)) continue;
    const whole = await decodePixels(object, { frames: [0] });
    const { data, rows, columns, samplesPerPixel } = await decodePixels(object, {
      frames: [0],
      level: 2,
    });
    assertEquals(
      [rows, columns, samplesPerPixel],
      [Math.ceil(whole.rows / 4), Math.ceil(whole.columns / 4), whole.samplesPerPixel],
      path,
    );
    assertEquals(data.length, rows * columns * samplesPerPixel, path);
    // What is halved is as bright as before.
    const [before, after] = [summarize(whole.data), summarize(data)];
    assertLessOrEqual(
      Math.abs(after.mean - before.mean),
      (before.greatest - before.least) / 20,
      path,
    );
    halved.add(transferSyntaxUID);
  }
  assertEquals(halved.size, 5);
});
