import {
  autoWindow,
  type Contrast,
  needsAutoWindow,
  resolveVoi,
  type VoiWindow,
} from "../contrast/mod.ts";
import { checkContrast } from "../contrast/check_contrast.ts";
import { requireView } from "../contrast/require_view.ts";
import { requireDecodable } from "../dicom/decode_frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError, type FailedRead, NoImageError, SeriesPreviewError } from "../errors.ts";
import { selectSlices, type SeriesTable } from "../index_cache/mod.ts";
import {
  displayAspect,
  fitInside,
  type MosaicLayout,
  type PixelImage,
  planGrid,
  planMosaic,
  renderFrame,
  tileImages,
} from "../mosaic/mod.ts";
import { type Failure, namedFailures, throwIfHostIsDown } from "./failures.ts";
import type { DecodedSlice, Slice, SliceReader } from "./slice_reader.ts";

/** What a mosaic is made of. */
export interface MosaicOptions {
  /** How many slices; 9, or `columns × rows` where both are given. */
  readonly samples?: number | undefined;
  /** Tiles across; ⌈√n⌉ for n samples. */
  readonly columns?: number | undefined;
  /** Tiles down; as many as the samples take. */
  readonly rows?: number | undefined;
  /** Total width in pixels; 768 when neither side is given. */
  readonly width?: number | undefined;
  /** Total height in pixels; follows from the width when absent. */
  readonly height?: number | undefined;
  /** Cut off what would stay black around the tiles. */
  readonly shrinkToFit?: boolean | undefined;
  /** First position of the samples, 0 to 1; 0 by default. */
  readonly start?: number | undefined;
  /** Last position of the samples, 0 to 1; 1 by default. */
  readonly end?: number | undefined;
  /** Show one stack alone, counted from 0; all in display order by default. */
  readonly stack?: number | undefined;
  /**
   * How real values become brightness; what the file holds by default. A view of the file other than
   * its first must be held by one of the slices; those that do not hold it are shown by a window
   * measured on them.
   */
  readonly contrast?: Contrast | undefined;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each slice with how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A mosaic and what it shows. */
export interface Mosaic {
  /** The picture. */
  readonly image: PixelImage;
  /** Tiles across. */
  readonly columns: number;
  /** Tiles down. */
  readonly rows: number;
  /** The slices shown, row by row from the top left, failed ones included. */
  readonly slices: readonly Slice[];
  /** The slices that could not be drawn; their tiles are marked. */
  readonly failed: readonly FailedRead[];
}

/** A slice on its way to a tile: drawn, held back until the sample's window is known, or failed. */
type Tile = { image: PixelImage } | { decoded: DecodedSlice } | { error: Error };

/**
 * Checks what can be said of a mosaic's options before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds, or they contradict each other.
 */
export function checkMosaicOptions(options: MosaicOptions): void {
  const { start, end } = options;
  const grid = planGrid(options);
  planMosaic(grid, { ...options, tileAspect: 1 });
  selectSlices({ start, end, samples: grid.samples }, 1);
  checkContrast(options.contrast ?? defaultContrast);
}

const defaultContrast: Contrast = { kind: "embedded", window: 0 };

/** The tiles of a mosaic, before it is decided what their failures mean. */
export interface MosaicDrawing {
  readonly address: string;
  readonly layout: MosaicLayout;
  readonly slices: readonly Slice[];
  readonly images: readonly (PixelImage | null)[];
  readonly failures: readonly Failure[];
}

/**
 * Draws the tiles of a mosaic of slices that are spread evenly over a series.
 *
 * A contrast that is measured is measured once over all the slices that need
 * it, so that their tiles compare: every slice where it is `auto`, those
 * without a window of their own where it is `embedded`. Slices that are read at the resolution their
 * tile takes are measured at it.
 *
 * @throws {UsageError} When a number is out of bounds, or no slice holds the view asked for.
 * @throws {NoImageError} When the series has no image.
 * @throws {UnsupportedTransferSyntaxError} When not one slice can be decoded.
 */
export async function drawMosaic(
  table: SeriesTable,
  reader: SliceReader,
  options: MosaicOptions = {},
): Promise<MosaicDrawing> {
  checkContrast(options.contrast ?? defaultContrast);
  const asked = planGrid(options);
  requireImages(table);
  const { start, end } = options;
  const indices = selectSlices({ start, end, samples: asked.samples }, table.sliceCount);
  const slices = indices.map((index) => reader.slice(index));
  const grid = planGrid({ ...options, sliceCount: indices.length });
  const tileAspect = displayAspect(describeFirstDecodable(reader, slices));
  requireView(options.contrast ?? defaultContrast, describeEach(reader, indices));
  const layout = planMosaic(grid, { ...options, tileAspect });

  const tiles = await drawTiles(reader, indices, layout, options);
  const images = tiles.map((tile) => "image" in tile ? tile.image : null);
  const { address } = table.metadata;
  return { address, layout, slices, images, failures: failuresOf(tiles, slices) };
}

/**
 * Puts the tiles of a mosaic together.
 *
 * @throws {NetworkError} When the run was stopped because of the host.
 * @throws {SeriesPreviewError} When not one slice could be drawn.
 */
export function finishMosaic(drawing: MosaicDrawing): Mosaic {
  const { address, layout, slices, images, failures } = drawing;
  throwIfHostIsDown(failures, slices.length, "slices", address);
  if (failures.length === slices.length) throwAllFailed(failures, address);
  const { columns, rows } = layout;
  const failed = namedFailures(failures);
  return { image: tileImages(images, layout), columns, rows, slices, failed };
}

/** Draws each slice as it comes, save those that need the window of the whole sample. */
async function drawTiles(
  reader: SliceReader,
  indices: readonly number[],
  layout: MosaicLayout,
  options: MosaicOptions,
): Promise<Tile[]> {
  const contrast = options.contrast ?? defaultContrast;
  const tiles: Tile[] = [];
  const size = {
    width: Math.max(...layout.cells.map(({ width }) => width)),
    height: Math.max(...layout.cells.map(({ height }) => height)),
  };
  for await (const { value, error } of reader.read(indices, { ...options, size })) {
    if (error !== undefined) tiles.push({ error });
    else if (needsAutoWindow(contrast, value.description)) tiles.push({ decoded: value });
    else tiles.push(draw(value, contrast, unusedWindow, layout, tiles.length));
  }
  const held = tiles.flatMap((tile) => "decoded" in tile ? [tile.decoded] : []);
  if (held.length === 0) return tiles;
  const window = autoWindow(held);
  return tiles.map((tile, i) =>
    "decoded" in tile ? draw(tile.decoded, contrast, window, layout, i) : tile
  );
}

/** Stands where no fallback is needed. */
const unusedWindow: VoiWindow = { center: 0, width: 1 };

function draw(
  { frame, description }: DecodedSlice,
  contrast: Contrast,
  window: VoiWindow,
  layout: MosaicLayout,
  tile: number,
): Tile {
  try {
    const voi = resolveVoi(contrast, description, window);
    const size = fitInside(layout.cells[tile]!, displayAspect(description));
    return { image: renderFrame(frame, description, voi, size) };
  } catch (error) {
    if (error instanceof SeriesPreviewError) return { error };
    throw error;
  }
}

/** Fails when no instance has an image, saying what there is instead. */
function requireImages(table: SeriesTable): void {
  if (table.sliceCount > 0) return;
  const modalities = new Set<string>();
  for (let row = 0; row < table.instanceCount; row++) {
    modalities.add(String(table.value(row, "Modality") ?? "no modality"));
  }
  const { address } = table.metadata;
  throw new NoImageError(
    `no image in ${address}: its ${table.instanceCount} ${[...modalities].join(", ")} ` +
      `${table.instanceCount === 1 ? "instance has" : "instances have"} no pixel data`,
    { address },
  );
}

/**
 * Describes the first slice that can be decoded, as the index tells; fails before anything is
 * fetched when there is none.
 */
function describeFirstDecodable(reader: SliceReader, slices: readonly Slice[]): ImageDescription {
  let refusal: unknown;
  for (const { index, url } of slices) {
    try {
      const description = reader.describe(index);
      requireDecodable(description.transferSyntaxUID, url);
      return description;
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Describes slices as the index tells, those that it contradicts itself about left out. */
function* describeEach(
  reader: SliceReader,
  indices: readonly number[],
): Generator<ImageDescription, void> {
  for (const index of indices) {
    try {
      yield reader.describe(index);
    } catch (error) {
      // Reading the slice names what is wrong with it.
      if (!(error instanceof DecodeError)) throw error;
    }
  }
}

function failuresOf(tiles: readonly Tile[], slices: readonly Slice[]): Failure[] {
  return tiles.flatMap((tile, i) =>
    "error" in tile ? [{ url: slices[i]!.url, frame: slices[i]!.frame, cause: tile.error }] : []
  );
}

function throwAllFailed(failures: readonly Failure[], address: string): never {
  const { url, cause } = failures[0]!;
  if (failures.length === 1 && cause instanceof SeriesPreviewError) throw cause;
  const first = cause.message.includes(url) ? cause.message : `${url}: ${cause.message}`;
  throw new SeriesPreviewError(
    `none of the ${failures.length} slices of ${address} could be drawn; the first, ${first}`,
    { address, failed: namedFailures(failures), cause },
  );
}
