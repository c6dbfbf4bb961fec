import { checkContrast } from "../contrast/check_contrast.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { formatContrast } from "../contrast/format_contrast.ts";
import { requireView } from "../contrast/require_view.ts";
import { UsageError } from "../errors.ts";
import { type SampleRange, selectSlices } from "../index_cache/select_slices.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { planMosaic } from "../mosaic/plan_mosaic.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import { checkSliceChoice, chooseSlice, type SliceChoice } from "./choose_slice.ts";
import type { ContrastsOptions } from "./contrasts_options.ts";
import { defaultContrasts } from "./default_contrasts.ts";
import { describeEach } from "./describe_each.ts";
import { describeFirstDecodable } from "./describe_first_decodable.ts";
import { drawTiles } from "./draw_tiles.ts";
import type { Mosaic, MosaicDrawing } from "./finish_mosaic.ts";
import { requireImages } from "./require_images.ts";
import type { SeriesSource } from "./series_source.ts";
import { sliceLabel } from "./slice_label.ts";
import { SliceReader } from "./slice_reader.ts";
import type { StackChoice } from "./stack_choice.ts";

/**
 * What a mosaic of contrasts is made of. Its rows are slices: the one that is chosen as in
 * {@linkcode SliceChoice}, or with any of `samples`, `start` and `end` several that are spread evenly. Its columns are
 * the contrasts.
 */
export interface ContrastMosaicOptions
  extends ContrastsOptions, SliceChoice, SampleRange, StackChoice, ManyReadsOptions {
  /** How many slices; 3 where `start` or `end` is given. */
  readonly samples?: number | undefined;
}

/** A mosaic of contrasts and what it shows. */
export interface ContrastMosaic extends Mosaic {
  /** The contrasts of its columns; its rows are the slices. */
  readonly contrasts: readonly Contrast[];
}

/** Its tiles, before it is decided what their failures mean. */
export interface ContrastMosaicDrawing extends MosaicDrawing {
  readonly contrasts: readonly Contrast[];
}

/**
 * Checks what can be said of the options before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds, or they contradict each other.
 */
export function checkContrastMosaicOptions(options: ContrastMosaicOptions): void {
  const { contrasts, start, end } = options;
  if (contrasts?.length === 0) throw new UsageError("contrasts is empty; name one or more");
  contrasts?.forEach(checkContrast);
  checkSliceChoice(options);
  const samples = samplesOf(options);
  if (samples !== undefined) {
    selectSlices({ start, end, samples }, 1);
    checkNoSingleSlice(options);
  }
  planRows(contrasts?.length ?? 1, samples ?? 1, 1, options);
}

function checkNoSingleSlice(choice: SliceChoice): void {
  const { position, location, sliceNumber, sliceOffset } = choice;
  const named = { position, location, "slice number": sliceNumber, "slice-offset": sliceOffset };
  const [chooser] = Object.entries(named).find(([, value]) => value !== undefined) ?? [];
  if (chooser === undefined) return;
  throw new UsageError(
    `${chooser} chooses one slice, and samples, start and end several: leave one or the other out`,
  );
}

const defaultSamples = 3;

/** How many slices are asked for where not a single one is chosen. */
function samplesOf({ samples, start, end }: ContrastMosaicOptions): number | undefined {
  return samples ?? (start === undefined && end === undefined ? undefined : defaultSamples);
}

function planRows(
  columns: number,
  rows: number,
  tileAspect: number,
  { width, height }: ContrastMosaicOptions,
) {
  return planMosaic({ columns, rows, samples: columns * rows }, { width, height, tileAspect });
}

/**
 * Draws slices by several contrasts beside each other, a row a slice. Each slice is read and decoded
 * once; a window that is measured is measured over all of them.
 *
 * @throws {UsageError} When a number is out of bounds, or no slice holds a view asked for.
 * @throws {NoImageError} When the series has no image.
 * @throws {UnsupportedTransferSyntaxError} When not one slice can be decoded.
 */
export async function drawContrastMosaic(
  { table, store, stats, kept, decodeLimits }: SeriesSource,
  options: ContrastMosaicOptions = {},
): Promise<ContrastMosaicDrawing> {
  checkContrastMosaicOptions(options);
  requireImages(table);
  const indices = chooseRows(table, options);
  const reader = new SliceReader(table, store, stats, decodeLimits);
  const description = describeFirstDecodable(reader, indices);
  const contrasts = options.contrasts ??
    defaultContrasts(modalityOf(table, indices[0]!), description);
  for (const contrast of contrasts) requireView(contrast, describeEach(reader, indices));
  const layout = planRows(
    contrasts.length,
    indices.length,
    displayAspect(description),
    options,
  );
  const tiles = await drawTiles(reader, indices, contrasts, layout, { ...options, kept });
  const labels = indices.flatMap((index) =>
    contrasts.map((contrast) => [formatContrast(contrast), sliceLabel(table, index)])
  );
  return {
    address: table.metadata.address,
    ...tiles,
    labels: options.labels ?? true ? labels : null,
    contrasts,
  };
}

function chooseRows(table: SeriesTable, options: ContrastMosaicOptions): number[] {
  const { start, end } = options;
  const samples = samplesOf(options);
  return samples === undefined
    ? [chooseSlice(table, options)]
    : selectSlices({ start, end, samples }, table.sliceCount);
}

function modalityOf(table: SeriesTable, index: number): string | null {
  return table.value(table.slice(index).row, "Modality") as string | null;
}
