/**
 * Compares tiles drawn from a reduced resolution of JPEG 2000 with those drawn from all of it:
 *
 * `deno run -A bench/compare_levels.ts FILE…`
 *
 * Each FILE is an uncompressed CT slice; it is encoded here. Prints a Markdown table of mean and
 * greatest differences of bytes, over all the slices.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { autoWindow } from "../contrast/mod.ts";
import type { Voi, VoiWindow } from "../contrast/mod.ts";
import { decodeFrame, decodePixels, imageDescriber, parseHeader } from "../dicom/mod.ts";
import { readAttributes, toAttributeValues } from "../dicom/mod.ts";
import type { Frame, ImageDescription } from "../dicom/mod.ts";
import { renderFrame } from "../mosaic/mod.ts";
import { encodeJpeg2000 } from "../tests/dicom/codecs/encode_samples.ts";

const sizes = [256, 200, 128, 100, 64];
const windows: readonly VoiWindow[] = [{ center: -500, width: 1500 }, { center: 40, width: 400 }];

interface Slice {
  readonly codestream: Uint8Array;
  readonly description: ImageDescription;
}

async function readSlice(path: string): Promise<Slice> {
  const object = await Deno.readFile(path);
  const parsed = parseHeader(object, { totalSize: object.length });
  if (!parsed.complete) throw new Error(`${path} is cut`);
  const describe = imageDescriber(toAttributeValues(await readAttributes(parsed.header)));
  const { rows, columns, data } = await decodePixels(object, { frames: [0] });
  const codestream = await encodeJpeg2000({
    rows,
    columns,
    samplesPerPixel: 1,
    bits: 16,
    signed: describe(0).pixelRepresentation === 1,
    values: [...data],
  }, { levels: 5, order: 0 });
  const transferSyntaxUID = "1.2.840.10008.1.2.4.90";
  return { codestream, description: { ...describe(0), transferSyntaxUID } };
}

function draw(frame: Frame, description: ImageDescription, window: VoiWindow, side: number) {
  const voi: Voi = { kind: "window", function: "LINEAR_EXACT", ...window };
  return renderFrame(frame, description, voi, { width: side, height: side }).data;
}

if (import.meta.main) {
  const slices = await Promise.all(Deno.args.map(readSlice));
  const heads = windows.map(({ width, center }) => `${width}/${center}: mean | greatest`);
  console.log(
    `| tile | level | ${heads.join(" | ")} |\n|--:|--:|${"--:|--:|".repeat(heads.length)}`,
  );
  for (const side of sizes) {
    for (const level of [1, 2, 3].filter((level) => 512 >> level >= side)) {
      const cells: string[] = [];
      for (const window of windows) {
        let [sum, count, greatest] = [0, 0, 0];
        for (const { codestream, description } of slices) {
          const whole = await decodeFrame(codestream, description);
          const reduced = await decodeFrame(codestream, description, { level });
          const expected = draw(whole, description, window, side);
          draw(reduced, description, window, side).forEach((value, i) => {
            const difference = Math.abs(value - expected[i]!);
            sum += difference;
            greatest = Math.max(greatest, difference);
          });
          count += expected.length;
        }
        cells.push(`${(sum / count).toFixed(2)} | ${greatest}`);
      }
      console.log(`| ${side}² | ${level} | ${cells.join(" | ")} |`);
    }
  }
  const measured = async (level: number) => {
    const samples = await Promise.all(slices.map(async ({ codestream, description }) => ({
      frame: await decodeFrame(codestream, description, { level }),
      description,
    })));
    const { center, width } = autoWindow(samples);
    return `${Math.round(center - width / 2)} to ${Math.round(center + width / 2)}`;
  };
  console.log(`\nMeasured window: ${await measured(0)}; at level 2: ${await measured(2)}.`);
}
