import type { AttributeValues } from "./attribute.ts";
import { cielabToSrgb, type Srgb } from "./cielab_to_srgb.ts";
import type { DicomJson } from "./dicom_json.ts";
import type { ColorPalette, LookupTable } from "./image_description.ts";
import { itemsOf, jsonNumbers, numberOf, textOf } from "./plain_values.ts";
import type { PixelModule } from "./read_pixel_module.ts";

/** Segmentation Storage, and Label Map Segmentation Storage. */
const segmentationClasses = ["1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7"];

/** The colors by segment number, in the file's order. */
type SegmentColors = ReadonlyMap<number, Srgb>;

/**
 * Prepares the colors of a segmentation (PS3.3 C.8.20).
 *
 * A segment has its Recommended Display CIELab Value; without one it is white
 * when it is alone, else of a hue that no other has. Black cannot be seen on
 * black and counts as none. Where frames are of a segment each, a fraction of
 * the greatest value is that fraction of the color; in a label map a value is
 * the number of its segment, padding and an undescribed 0 are black, and what
 * no segment describes is white.
 *
 * @returns A function from a frame's number and its item of the Segment Identification Sequence to the
 * colors of its stored values; it gives null for an image that is no segmentation, has colors of its
 * own, or does not tell which segment the frame is of.
 */
export function segmentColorReader(
  values: AttributeValues,
  pixels: PixelModule,
): (frame: number, identification: DicomJson | undefined) => ColorPalette | null {
  const isSegmentation = segmentationClasses.includes(textOf(values, "SOPClassUID") ?? "") &&
    pixels.samplesPerPixel === 1 && pixels.pixelKind === "integer" &&
    pixels.photometricInterpretation !== "PALETTE COLOR";
  const colors = isSegmentation ? readColors(values) : null;
  if (colors === null || colors.size === 0) return () => null;
  const type = textOf(values, "SegmentationType");
  if (type === "LABELMAP") {
    const palette = paintLabels(colors, pixels);
    return () => palette;
  }
  const greatest = type === "FRACTIONAL"
    ? numberOf(values, "MaximumFractionalValue") ?? 2 ** pixels.bitsStored - 1
    : 1;
  const numbers = [...colors.keys()].sort((a, b) => a - b);
  const tiled = textOf(values, "DimensionOrganizationType") === "TILED_FULL";
  const palettes = new Map<number, ColorPalette>();
  return (frame, identification) => {
    // Tiles of one segment follow those of another (PS3.3 C.7.6.17.3), and say nothing of it.
    const framesOfEach = tiled ? pixels.numberOfFrames / numbers.length : pixels.numberOfFrames;
    const number = jsonNumbers(identification, "0062000B")[0] ??
      (tiled || numbers.length === 1 ? numbers[Math.floor(frame / framesOfEach)] : undefined);
    const color = number === undefined ? undefined : colors.get(number);
    if (color === undefined) return null;
    const palette = palettes.get(number!) ?? paintShares(color, greatest);
    palettes.set(number!, palette);
    return palette;
  };
}

function readColors(values: AttributeValues): SegmentColors {
  const segments = itemsOf(values, "SegmentSequence");
  return new Map(segments.flatMap((segment, i) => {
    const [number] = jsonNumbers(segment, "00620004");
    if (number === undefined) return [];
    const [lightness, a, b] = jsonNumbers(segment, "0062000D");
    const recommended = lightness !== undefined && a !== undefined && b !== undefined
      ? cielabToSrgb([lightness, a, b])
      : null;
    const seen = recommended?.some((channel) => channel > 0);
    const color = seen ? recommended! : segments.length === 1 ? white : distinctColor(i);
    return [[number, color] as const];
  }));
}

const white: Srgb = [255, 255, 255];

/** Hues a golden angle apart never meet, and neighbors differ most; in three lightnesses by turns. */
function distinctColor(index: number): Srgb {
  const hue = index * Math.PI * (3 - Math.sqrt(5));
  const chroma = 50;
  const encode = (value: number) => (value + 128) * 65535 / 255;
  return cielabToSrgb([
    [70, 85, 55][index % 3]! * 65535 / 100,
    encode(chroma * Math.cos(hue)),
    encode(chroma * Math.sin(hue)),
  ]);
}

/** From black at 0 to the color at the greatest value. */
function paintShares(color: Srgb, greatest: number): ColorPalette {
  const length = Math.min(65535, Math.max(1, Math.round(greatest))) + 1;
  return toPalette(length, (value) => color.map((channel) => channel * value / (length - 1)));
}

/** The color of each label that an image can store. */
function paintLabels(colors: SegmentColors, { bitsStored, padding }: PixelModule): ColorPalette {
  const black: Srgb = [0, 0, 0];
  return toPalette(2 ** Math.min(16, bitsStored), (label) => {
    if (padding !== null && label >= padding.low && label <= padding.high) return black;
    return colors.get(label) ?? (label === 0 ? black : white);
  });
}

function toPalette(length: number, color: (value: number) => readonly number[]): ColorPalette {
  const tables = [0, 1, 2].map(() => new Uint8ClampedArray(length));
  for (let value = 0; value < length; value++) {
    color(value).forEach((channel, i) => tables[i]![value] = channel);
  }
  const table = (i: number): LookupTable => ({
    firstValue: 0,
    bits: 8,
    entries: new Uint8Array(tables[i]!.buffer),
  });
  return { red: table(0), green: table(1), blue: table(2) };
}
