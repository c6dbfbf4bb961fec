import { defaultDecodeLimits } from "../../dicom/decode_limits.ts";
import { canvasSize } from "../../dicom/slide/canvas_size.ts";
import { choosePyramidLevel } from "../../dicom/slide/choose_pyramid_level.ts";
import { canDecode } from "../../dicom/decode_frame.ts";
import type { Frame } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import { overlayFrames } from "../../dicom/slide/overlay_frames.ts";
import { planTiles, type TilePlan } from "../../dicom/slide/plan_tiles.ts";
import type { PixelMatrix } from "../../dicom/slide/read_pixel_matrix.ts";
import {
  type PyramidLevel,
  pyramidLevelKeywords,
  readPyramidLevel,
} from "../../dicom/slide/read_pyramid_level.ts";
import { TileCanvas } from "../../dicom/slide/tile_canvas.ts";
import { LimitError } from "../../errors.ts";
import type { SeriesTable } from "../../index_cache/mod.ts";
import type { FrameReader } from "../../retriever/frame_reader.ts";
import { readInOrder } from "../../retriever/read_in_order.ts";
import type { ImageRow, ImageRows } from "../image_rows.ts";
import { mapInOrder } from "../workers/map_in_order.ts";
import type { Renderer } from "../workers/renderer.ts";
import { describeShown } from "./describe_shown.ts";
import { nameFrame } from "./name_frame.ts";
import type { ReadGate } from "./read_gate.ts";
import { tileBackground } from "./tile_background.ts";

/** Limits on what a picture of a slide may cost. */
export interface SlideLimits {
  /** Most frames to read for it; 4,096 by default. */
  readonly maxTiles: number;
  /** Most pixels to put them together on; 2^27 by default. */
  readonly maxCanvasPixels: number;
  /** Most bytes of memory that decoding a tile may take; 1 GiB by default. */
  readonly maxWasmBytes: number;
}

/** Options of {@linkcode SlideReader.read}. */
export interface ReadSlideOptions {
  /** The size of the picture in pixels that the slide is read for; its own by default. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** What decodes them. */
  readonly renderer: Renderer;
  /** Lets the frames in, so that slides which are read at once share what may be under way. */
  readonly gate: ReadGate;
  /** Most frames of this slide under way at once. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** A slide as it is shown. */
export interface SlidePicture {
  /** Color as 8-bit RGB, grey as stored values. */
  readonly frame: Frame;
  /** Describes the whole matrix, of which the frame may be a smaller form. */
  readonly description: ImageDescription;
  /** Bytes of the tiles. */
  readonly bytesDecoded: number;
}

const defaultLimits: SlideLimits = {
  maxTiles: 4096,
  maxCanvasPixels: 2 ** 27,
  maxWasmBytes: defaultDecodeLimits.maxWasmBytes,
};

/**
 * Reads slides: fetches the tiles of a total pixel matrix and puts them together.
 *
 * For a picture that is smaller than the matrix the tiles are those of the smallest level of the
 * same pyramid that is as large as the picture.
 *
 * Tiles that a sparse matrix does not have are background: white in color, 0 or padding in grey. A
 * tile that is there but cannot be read fails the slide, by the frame's number. The orientation of
 * the slide is not applied: rows and columns are as stored.
 */
export class SlideReader {
  readonly #table: SeriesTable;
  readonly #rows: ImageRows;
  readonly #frames: FrameReader;
  readonly #limits: SlideLimits;
  #levels: ReadonlyMap<number, PyramidLevel> | null = null;

  /**
   * @param table The index of the series.
   * @param rows Its rows.
   * @param frames Fetches frames.
   */
  constructor(
    table: SeriesTable,
    rows: ImageRows,
    frames: FrameReader,
    limits: Partial<SlideLimits> = {},
  ) {
    this.#table = table;
    this.#rows = rows;
    this.#frames = frames;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * Reads the total pixel matrix of an instance, or a smaller form of it that a picture can be made
   * of as well.
   *
   * @param row The row of the index.
   * @param matrix The size of its matrix.
   * @throws {LimitError} When it takes more tiles or pixels than its limits.
   * @throws {DecodeError} When its attributes do not tell where the tiles lie, or a tile is broken.
   * @throws {SeriesPreviewError} When a tile cannot be read.
   */
  async read(
    row: number,
    matrix: PixelMatrix,
    options: ReadSlideOptions,
  ): Promise<SlidePicture> {
    const { size } = options;
    const image = this.#rows.read(this.#chooseLevel(row, size));
    const plan = planTiles(image.values)!;
    const canvas = canvasSize(plan.matrix, size);
    this.#checkLimits(plan, canvas, image.source.url);
    const description = image.describe(0);
    const drawn = new TileCanvas(plan.matrix, canvas, tileBackground(description));
    let bytesDecoded = 0;
    for await (const { tile, frames } of this.#readTiles(image, plan, options)) {
      for (const { data } of frames) bytesDecoded += data.byteLength;
      drawn.draw(overlayFrames(frames), tile.column, tile.row);
    }
    const shown = { ...describeShown(description), ...matrix, numberOfFrames: 1 };
    return { frame: drawn.finish(), description: shown, bytesDecoded };
  }

  #chooseLevel(row: number, size: ReadSlideOptions["size"]): number {
    const levels = this.#levels ??= this.#readLevels();
    const wanted = levels.get(row);
    if (size === undefined || wanted === undefined) return row;
    return choosePyramidLevel(levels, wanted, size) ?? row;
  }

  #readLevels(): Map<number, PyramidLevel> {
    const levels = new Map<number, PyramidLevel>();
    for (let row = 0; row < this.#table.instanceCount; row++) {
      if (!canDecode(String(this.#table.value(row, "TransferSyntaxUID")))) continue;
      const level = readPyramidLevel(this.#table.row(row, pyramidLevelKeywords));
      if (level !== null) levels.set(row, level);
    }
    return levels;
  }

  #checkLimits({ matrix, tiles }: TilePlan, canvas: PixelMatrix, address: string): void {
    const { maxTiles, maxCanvasPixels } = this.#limits;
    const total = `the total pixel matrix of ${matrix.columns} × ${matrix.rows}`;
    const frames = tiles.reduce((sum, tile) => sum + tile.frames.length, 0);
    if (frames > maxTiles) {
      throw new LimitError(
        `${total} is in ${frames} tiles, more than the ${maxTiles} that are read for one picture; ` +
          "choose a smaller level, or where the series has one a smaller picture",
        { address },
      );
    }
    if (canvas.columns * canvas.rows > maxCanvasPixels) {
      throw new LimitError(
        `${total} takes ${canvas.columns} × ${canvas.rows} pixels, more than the ` +
          `${maxCanvasPixels} that are held for one picture; choose a smaller picture`,
        { address },
      );
    }
  }

  /** Fetches the frames of the plan side by side, and decodes as many as the renderer takes at a time. */
  async *#readTiles({ describe, source }: ImageRow, plan: TilePlan, options: ReadSlideOptions) {
    const { gate, renderer, concurrency, signal } = options;
    const { url: address } = source;
    const layout = describe(0);
    const places = plan.tiles.flatMap((tile) => tile.frames.map((number) => ({ tile, number })));
    renderer.expect(places.length);
    const reads = readInOrder(
      places,
      () => address,
      ({ number }, signal) => gate.run(() => this.#frames.read(source, layout, number, { signal })),
      // What is fetched ahead waits in memory.
      { concurrency, ahead: concurrency, signal },
    );
    let next = 0;
    const decoded = mapInOrder(reads, async ({ value, error }) => {
      const { tile, number } = places[next++]!;
      try {
        if (error !== undefined) throw error;
        return await renderer.decodeTile(value, describe(number), tile, plan.matrix, this.#limits);
      } catch (error) {
        throw nameFrame(error as Error, number, address);
      }
    }, () => renderer.parallel);
    try {
      for (const tile of plan.tiles) {
        const frames: Frame[] = [];
        while (frames.length < tile.frames.length) frames.push((await decoded.next()).value!);
        yield { tile, frames };
      }
    } finally {
      await decoded.return();
    }
  }
}
