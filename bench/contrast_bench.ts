/**
 * Windowing a 512×512 frame of 16 bits, and measuring a window over nine.
 *
 * Run with `deno bench -A bench/contrast_bench.ts`; the figures are in REPORT.md.
 */
import { applyContrast, autoWindow, type WindowVoi } from "../contrast/mod.ts";
import type { Frame, PixelArray } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";

const side = 512;
const stored = Int16Array.from(
  { length: side * side },
  (_, index) => 1000 * Math.sin((index % side) ** 2 / 999) + 1000 * Math.cos(index / 7777),
);
const frameOf = (data: PixelArray): Frame => ({
  rows: side,
  columns: side,
  samplesPerPixel: 1,
  data,
});
const integers = frameOf(stored);
const floats = frameOf(Float32Array.from(stored));

const description: ImageDescription = {
  transferSyntaxUID: "1.2.840.10008.1.2.1",
  rows: side,
  columns: side,
  numberOfFrames: 1,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  pixelRepresentation: 1,
  photometricInterpretation: "MONOCHROME2",
  planarConfiguration: 0,
  pixelKind: "integer",
  pixelVR: "OW",
  rescaleSlope: 1,
  rescaleIntercept: -1024,
  modalityTable: null,
  windows: [],
  voiLutFunction: "LINEAR",
  voiTables: [],
  padding: { low: -2000, high: -2000 },
  palette: null,
  segmentColors: null,
  pixelAspect: 1,
};

let calls = 0;
for (const kind of ["LINEAR", "SIGMOID"] as const) {
  const voi: WindowVoi = { kind: "window", center: 50, width: 350, function: kind };
  const group = `applyContrast, ${kind}`;
  Deno.bench("the table of the frame before", { group, baseline: true }, () => {
    applyContrast(integers, description, voi);
  });
  Deno.bench("a new table", { group }, () => {
    applyContrast(integers, { ...description, rescaleIntercept: -1024 - ++calls / 1e6 }, voi);
  });
  Deno.bench("no table (float)", { group }, () => {
    applyContrast(floats, description, voi);
  });
}

for (const [name, frame] of [["integers", integers], ["floats", floats]] as const) {
  const samples = Array.from({ length: 9 }, () => ({ frame, description }));
  Deno.bench(`autoWindow over nine frames, ${name}`, () => {
    autoWindow(samples);
  });
}
