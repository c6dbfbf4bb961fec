import type { PixelImage } from "../../contrast/pixel_image.ts";
import type { DecodeFrameOptions } from "../../dicom/decode_frame.ts";
import type { Frame } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import { startThreads } from "./start_threads.ts";
import { type Drawing, type Tasks, tasks } from "./tasks.ts";
import type { WorkerPool } from "./worker_pool.ts";

/** What a {@linkcode Renderer} is made with. */
export interface RendererOptions {
  /** Milliseconds since some time; the clock by default. */
  readonly now?: (() => number) | undefined;
  /** Starts at most as many threads; null where there can be none. */
  readonly start?: ((most: number) => WorkerPool | null) | undefined;
}

/** Frames that are looked at before others are reckoned by them; the first has its codec loaded. */
const measuredFrames = 3;

/** Milliseconds of work that are worth to start threads for, which takes each of them about 50. */
const worthwhile = 250;

/** Milliseconds of a frame below which it takes no longer here than to be handed over and back. */
const leastOfFrame = 1.5;

/**
 * Decodes frames and draws them: here, and in threads beside as soon as what is left would take
 * longer than threads take to start, as the frames so far show.
 */
export class Renderer {
  readonly #now: () => number;
  readonly #start: (most: number) => WorkerPool | null;
  #pool: WorkerPool | null = null;
  #expected = 0;
  #decoded = 0;
  /** Milliseconds that the frames after the first have taken here. */
  #spent = 0;
  #isClosed = false;

  /** Starts no thread yet. */
  constructor({ now = () => performance.now(), start = startThreads }: RendererOptions = {}) {
    this.#now = now;
    this.#start = start;
  }

  /** How many frames to have it decode, and how many draw, at a time. */
  get parallel(): number {
    return Math.max(1, this.#pool?.size ?? 1);
  }

  /** Tells it of frames to come. */
  expect(frames: number): void {
    this.#expected += frames;
  }

  /** Does as {@linkcode decodeFrame}. The bytes are left as they are; what is `inPlace` lies in them. */
  async decodeFrame(
    bytes: Uint8Array,
    description: ImageDescription,
    options: Omit<DecodeFrameOptions, "signal">,
  ): Promise<Frame> {
    this.#decoded++;
    if (this.#pool === null) {
      return await this.#measure(() => tasks.decodeFrame(bytes, description, options));
    }
    // The `slice` of Node's buffers is no copy, and what is handed over is gone here.
    const own = new Uint8Array(bytes);
    return await this.#pool.run("decodeFrame", [own, description, options], [own.buffer]);
  }

  /** Does as {@linkcode decodeTile}. The bytes are left as they are. */
  async decodeTile(...args: Parameters<Tasks["decodeTile"]>): Promise<Frame> {
    this.#decoded++;
    if (this.#pool === null) return await this.#measure(() => tasks.decodeTile(...args));
    const [stored, ...others] = args;
    const bytes = new Uint8Array(stored.bytes);
    return await this.#pool.run("decodeTile", [{ ...stored, bytes }, ...others], [bytes.buffer]);
  }

  /** Draws a frame by each of several views. The frame is left as it is. */
  async drawFrame(
    frame: Frame,
    description: ImageDescription,
    drawings: readonly Drawing[],
  ): Promise<readonly PixelImage[]> {
    if (this.#pool === null) {
      return await this.#measure(() => tasks.drawFrame(frame, description, drawings));
    }
    const data = frame.data.slice();
    return await this.#pool.run("drawFrame", [{ ...frame, data }, description, drawings], [
      data.buffer,
    ]);
  }

  /** Ends its threads; what it was asked for and is not done fails. */
  close(): void {
    this.#isClosed = true;
    this.#pool?.close();
  }

  async #measure<T>(task: () => T | Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await task();
    } finally {
      if (this.#decoded > 1) this.#spent += this.#now() - start;
      this.#startWhereWorthwhile();
    }
  }

  #startWhereWorthwhile(): void {
    const left = this.#expected - this.#decoded;
    if (this.#decoded < measuredFrames || this.#pool !== null || this.#isClosed) return;
    const ofFrame = this.#spent / (this.#decoded - 1);
    if (ofFrame < leastOfFrame || ofFrame * left < worthwhile) return;
    this.#pool = this.#start(left);
  }
}
