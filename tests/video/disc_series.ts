import { element, type ElementSpec, writeInstance } from "../support/dicom_fixtures.ts";

/** What differs between series of discs. */
export interface DiscSeriesForm {
  readonly rows?: number;
  readonly columns?: number;
  /** Pixel Spacing, between rows and between columns. */
  readonly spacing?: readonly [number, number];
  /** Red discs on blue, in RGB; white on black otherwise. */
  readonly isColor?: boolean;
  /** Leaves out the file's window, so that one has to be measured. */
  readonly isWindowless?: boolean;
  /** Comes before the names. */
  readonly folder?: string;
}

const radius = 6;

/** Across which of the columns the disc of a slice lies: left at the feet, right at the head. */
export function discColumn(number: number, count: number, columns: number = 64): number {
  return 10 + (columns - 20) * number / (count - 1);
}

/** A slice with a disc that tells its number, as bytes of a Part 10 file. */
export function discSlice(
  number: number,
  count: number,
  form: DiscSeriesForm = {},
): Uint8Array<ArrayBuffer> {
  const { rows = 48, columns = 64, isColor = false } = form;
  const center = discColumn(number, count, columns);
  const inside = (x: number, y: number) => (x - center) ** 2 + (y - rows / 2) ** 2 < radius ** 2;
  const pixels = Array.from({ length: rows * columns }, (_, at) => {
    return inside(at % columns, Math.floor(at / columns));
  });
  return writeInstance(
    [
      element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
      element(0x00080018, "UI", `1.2.3.${number + 1}`),
      element(0x00080060, "CS", "CT"),
      element(0x0020000e, "UI", "1.2.3"),
      element(0x00200013, "IS", String(number + 1)),
      element(0x00200032, "DS", `0\\0\\${number * 2}`),
      element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
      ...(isColor ? colorImage(pixels) : greyImage(pixels, form)),
      element(0x00280010, "US", [rows]),
      element(0x00280011, "US", [columns]),
    ].sort((one, other) => one.tag - other.tag),
    {},
  );
}

/** Slices as `0001.dcm` and so on, from the feet up. */
export function discSeries(
  count: number,
  form: DiscSeriesForm = {},
): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(Array.from({ length: count }, (_, number) => [
    `${form.folder ?? ""}${String(number + 1).padStart(4, "0")}.dcm`,
    discSlice(number, count, form),
  ]));
}

function greyImage(
  pixels: readonly boolean[],
  { spacing = [1, 1], isWindowless = false }: DiscSeriesForm,
): ElementSpec[] {
  return [
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280030, "DS", spacing.join("\\")),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [0]),
    ...(isWindowless ? [] : [
      element(0x00281050, "DS", "500"),
      element(0x00281051, "DS", "1000"),
    ]),
    element(0x7fe00010, "OW", pixels.map((isInside) => isInside ? 900 : 50)),
  ];
}

function colorImage(pixels: readonly boolean[]): ElementSpec[] {
  const values = pixels.flatMap((isInside) => isInside ? [220, 20, 20] : [10, 10, 90]);
  return [
    element(0x00280002, "US", [3]),
    element(0x00280004, "CS", "RGB"),
    element(0x00280006, "US", [0]),
    element(0x00280100, "US", [8]),
    element(0x00280101, "US", [8]),
    element(0x00280102, "US", [7]),
    element(0x00280103, "US", [0]),
    element(0x7fe00010, "OB", Uint8Array.from(values)),
  ];
}
