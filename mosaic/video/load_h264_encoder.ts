import type { H264MP4Encoder } from "h264-mp4-encoder";
import { OutputError } from "../../errors.ts";

/** What the glue of emscripten listens to, to end the whole process when anything fails anywhere. */
const events = ["uncaughtException", "unhandledRejection"] as const;

type Listener = (...values: unknown[]) => void;

/** The part of a process, where there is one, that takes listeners. */
interface Emitter {
  listeners(event: string): Listener[];
  off(event: string, listener: Listener): unknown;
}

/**
 * Loads the encoder and makes one; takes off the listeners that it puts on the process.
 *
 * @throws {OutputError} When it cannot be loaded.
 */
export async function loadH264Encoder(): Promise<H264MP4Encoder> {
  const { process } = globalThis as { process?: Emitter };
  const listeners = () => events.map((event) => process?.listeners?.(event) ?? []);
  const before = listeners();
  try {
    const { default: library } = await import("h264-mp4-encoder");
    listeners().forEach((after, i) => {
      for (const listener of after) {
        if (!before[i]!.includes(listener) && throws(listener)) process!.off(events[i]!, listener);
      }
    });
    return await library.createH264MP4Encoder();
  } catch (cause) {
    throw new OutputError("cannot load the video encoder: the h264-mp4-encoder package failed", {
      cause,
    });
  }
}

/** Whether all that a listener does is to throw: others came by chance at the same time. */
function throws(listener: Listener): boolean {
  return /\bthrow\b/.test(String(listener));
}
