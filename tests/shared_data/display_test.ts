import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
} from "@std/assert";
import { SeriesIndex } from "@dicom/series-preview";
import { realValues } from "@dicom/series-preview/contrast";
import {
  type AttributeValues,
  decodePixels,
  imageDescriber,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { listInstances, listKinds, readShared, testShared } from "../support/shared_data.ts";

/** What the oracle says of an instance's values. */
interface OraclePixels {
  readonly shape: readonly number[];
  readonly dtype: string;
  /** After the modality LUT. */
  readonly min: number;
  readonly max: number;
  /** Of color, one for each channel, as the decoder gives them. */
  readonly mean: number | readonly number[];
  /** Of the first frame, as it should be displayed; null where the oracle does not tell. */
  readonly rgbMean?: readonly number[];
  /** A dose grid's, which the oracle leaves out of real values. */
  readonly doseGridScaling?: number;
}

/** Lossy and in floats, so that decoders round in their own ways. */
const INEXACT = "1.2.840.10008.1.2.4.203";

async function readValues(object: Uint8Array): Promise<AttributeValues> {
  const header = wholeHeader(object);
  return {
    ...toAttributeValues(await readAttributes(header)),
    TransferSyntaxUID: header.transferSyntaxUID,
  };
}

testShared("Real values of every grey instance are those of the oracle", async (oracle) => {
  let compared = 0;
  for (const { path, expected } of listInstances(oracle)) {
    const pixels = expected.pixels as unknown as OraclePixels | null;
    if (!pixels || Array.isArray(pixels.mean)) continue;
    const object = readShared(path);
    const values = await readValues(object);
    const describe = imageDescriber({ ...values, DoseGridScaling: null });
    const { data, rows, columns, frames } = await decodePixels(object);
    let [least, greatest, sum] = [Infinity, -Infinity, 0];
    for (let frame = 0; frame < frames; frame++) {
      const stored = data.subarray(frame * rows * columns, (frame + 1) * rows * columns);
      const real = realValues({ rows, columns, samplesPerPixel: 1, data: stored }, describe(frame));
      for (const value of real) {
        if (value < least) least = value;
        if (value > greatest) greatest = value;
        sum += value;
      }
    }
    const step = values.TransferSyntaxUID === INEXACT ? 1 : 0;
    const close = (found: number, wanted: number) =>
      assertLessOrEqual(
        Math.abs(found - wanted),
        step + Math.abs(wanted) * 1e-8,
        `${path}: ${found} is not ${wanted}`,
      );
    close(least, pixels.min);
    close(greatest, pixels.max);
    close(sum / data.length, pixels.mean as number);
    compared++;
  }
  assertGreater(compared, 400);
});

testShared("A dose grid's real values are doses", async (oracle) => {
  const doses = listKinds(oracle).filter(({ series }) => series?.modality === "RTDOSE");
  assertEquals(doses.length, 1);
  for (const { path } of doses) {
    const values = await readValues(readShared(path));
    assertEquals(typeof values.DoseGridScaling, "number");
    const { rescaleSlope, rescaleIntercept } = imageDescriber(values)(0);
    assertEquals([rescaleSlope, rescaleIntercept], [values.DoseGridScaling, 0]);
  }
});

/** The mean color of the first frame of an instance, drawn in its own size. */
async function drawnMean(path: string, columns: number): Promise<number[]> {
  await using folder = await temporaryFolder();
  await folder.write("series", new Map([["a.dcm", readShared(path)]]));
  const index = await SeriesIndex.open(folder.join("series"), { cache: false });
  const { image } = await index.renderMosaic({ samples: 1, start: 0, end: 0, width: columns });
  assertEquals([image.width, image.channels], [columns, 3], path);
  const sums = [0, 0, 0];
  image.data.forEach((value, i) => sums[i % 3]! += value);
  return sums.map((sum) => sum * 3 / image.data.length);
}

testShared("Color of every kind is drawn as the oracle displays it", async (oracle) => {
  const syntaxes = new Set<string>();
  for (const { path, expected } of listKinds(oracle)) {
    const pixels = expected.pixels as unknown as OraclePixels | null;
    if (!pixels) continue;
    const { shape, rgbMean, dtype } = pixels;
    const color = Array.isArray(pixels.mean);
    const single = shape.length === (color ? 3 : 2);
    if (rgbMean === undefined && !(color && single)) continue;
    const values = await readValues(readShared(path));
    const depth = dtype === ">u2" ? 257 : 1;
    // What is RGB already is displayed as it is stored.
    const wanted = rgbMean ?? (pixels.mean as number[]).map((mean) => mean / depth);
    const found = await drawnMean(path, Number(values.Columns));
    found.forEach((mean, i) =>
      assertAlmostEquals(mean, wanted[i]!, 1.5, `${path}: ${found} is not ${wanted}`)
    );
    syntaxes.add(String(values.TransferSyntaxUID));
  }
  const wasm = ["4.80", "4.81", "4.90", "4.91", "4.201", "4.202", "4.203"];
  for (const syntax of wasm) {
    assertEquals(syntaxes.has(`1.2.840.10008.1.2.${syntax}`), true, syntax);
  }
});

testShared("A segmentation is drawn in the colors of its segments", async (oracle) => {
  const found = Object.entries(oracle.series).filter(([, { modality }]) => modality === "SEG");
  assertEquals(found.length, 1);
  for (const [folder, { instances }] of found) {
    await using copy = await temporaryFolder();
    const file = readShared(`${folder}/${instances[0]!.file}.dcm`);
    await copy.write("series", new Map([["a.dcm", file]]));
    const values = await readValues(file);
    const { NumberOfFrames: frames, Columns: columns } = values as Record<string, number>;
    const describe = imageDescriber(values);
    const colors = Array.from({ length: frames! }, (_, frame) => {
      const { red, green, blue } = describe(frame).segmentColors!;
      return [red, green, blue].map(({ entries }) => entries.at(-1)!);
    });
    assertEquals(new Set(colors.map(String)).size, 11);
    const index = await SeriesIndex.open(copy.join("series"), { cache: false });
    const across = Math.ceil(Math.sqrt(frames!));
    const { image, slices } = await index.renderMosaic({
      samples: frames!,
      width: across * columns!,
    });
    assertEquals(image.channels, 3);
    // In its own size nothing is blended: each tile has black and the color of its segment.
    slices.forEach(({ frame }, tile) => {
      const [left, top] = [tile % across * columns!, Math.floor(tile / across) * columns!];
      const seen = new Set<string>();
      for (let y = top; y < top + columns!; y++) {
        for (let x = left; x < left + columns!; x++) {
          const at = (y * image.width + x) * 3;
          seen.add(String([...image.data.subarray(at, at + 3)]));
        }
      }
      assertLess(seen.size, 3);
      assertEquals(seen.has(String(colors[frame!])), true, `frame ${frame}: ${[...seen]}`);
      seen.delete(String(colors[frame!]));
      assertEquals([...seen], ["0,0,0"]);
    });
  }
});
