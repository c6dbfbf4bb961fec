/**
 * Counts how much of each JPEG 2000 and HTJ2K frame its lower resolutions take, and how much the
 * first request for them asks for while nothing is learned:
 *
 * `deno run -A bench/count_prefix_bytes.ts FOLDER [--all]`
 *
 * FOLDER holds instances, in folders or not. Prints a Markdown table, of the first instance of each
 * kind alone unless `--all` is given, and how often the first request suffices.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { planJpeg2000Prefix } from "../dicom/codecs/plan_jpeg2000_prefix.ts";
import { hasResolutions } from "../dicom/has_resolutions.ts";
import {
  imageDescriber,
  type ImageDescription,
  parseHeader,
  readAttributes,
  splitFrames,
  toAttributeValues,
  transferSyntax,
} from "../dicom/mod.ts";
import { SeriesPreviewError } from "../errors.ts";
import { planPrefixLength } from "../retriever/plan_prefix_length.ts";

const levels = [1, 2, 3];

interface CompressedFrame {
  readonly bytes: Uint8Array;
  readonly description: ImageDescription;
}

/** What one level of a frame takes; null where it has no prefix. */
interface Share {
  readonly needed: number;
  readonly asked: number;
}

/** The first frame of an instance in a format with resolutions; null of all else. */
async function readFrame(path: string): Promise<CompressedFrame | null> {
  const object = await Deno.readFile(path);
  try {
    const parsed = parseHeader(object, { totalSize: object.length });
    if (!parsed.complete || !parsed.header.pixelData) return null;
    const { header } = parsed;
    if (!hasResolutions(header.transferSyntaxUID)) return null;
    const description = imageDescriber(toAttributeValues(await readAttributes(header)))(0);
    const { offset, length } = parsed.header.pixelData;
    const value = object.subarray(offset!, length === null ? undefined : offset! + length);
    return { bytes: splitFrames(value, description.numberOfFrames)[0]!, description };
  } catch (error) {
    if (error instanceof SeriesPreviewError) return null;
    throw error;
  }
}

function countLevel({ bytes, description }: CompressedFrame, level: number): Share | null {
  const { length } = bytes;
  const plan = planJpeg2000Prefix(bytes, level, length);
  if (plan.kind !== "prefix") return null;
  const { rows, columns, samplesPerPixel } = description;
  const samples = rows * columns * samplesPerPixel;
  const asked = planPrefixLength({ length, samples, level }, { share: null, refused: false });
  return { needed: plan.end, asked };
}

function* listFiles(folder: string): Generator<string> {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory } of entries) {
    if (isDirectory) yield* listFiles(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

if (import.meta.main) {
  const [folder, all] = Deno.args;
  const percent = (part: number, whole: number) => `${(100 * part / whole).toFixed(1)}%`;
  console.log(
    `| frame | bits a sample | ${levels.map((level) => `÷ ${2 ** level}`).join(" | ")} |`,
  );
  console.log(`|---|--:|${"--:|".repeat(levels.length)}`);
  const shown = new Set<string>();
  let [prefixes, sufficient] = [0, 0];
  for (const path of listFiles(folder!)) {
    const frame = await readFrame(path);
    if (frame === null) continue;
    const { bytes, description } = frame;
    const { rows, columns, samplesPerPixel, transferSyntaxUID } = description;
    const shares = levels.map((level) => countLevel(frame, level));
    for (const share of shares) {
      if (share === null) continue;
      prefixes++;
      if (share.asked >= share.needed) sufficient++;
    }
    const color = samplesPerPixel === 1 ? "" : ` × ${samplesPerPixel}`;
    const kind = `${transferSyntax(transferSyntaxUID).name}, ${columns} × ${rows}${color}`;
    if (shown.has(kind) && all === undefined) continue;
    shown.add(kind);
    const cells = shares.map((share) =>
      share === null
        ? "whole"
        : `${percent(share.needed, bytes.length)} (${percent(share.asked, bytes.length)})`
    );
    const bits = bytes.length * 8 / (rows * columns * samplesPerPixel);
    console.log(`| ${kind} | ${bits.toFixed(1)} | ${cells.join(" | ")} |`);
  }
  console.log(`\nThe first request suffices for ${sufficient} of ${prefixes} prefixes.`);
}
