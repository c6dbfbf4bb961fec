import type { AbortOptions } from "../runtime/abort_options.ts";

/** The stored bytes of one frame. */
export interface FrameBytes {
  /** The bytes; where a level was asked for, maybe of a codestream that holds no more than it. */
  readonly bytes: Uint8Array;
  /** Bits to pass over before the frame, where it begins inside a byte or word. */
  readonly bitOffset: number;
  /** UID of the transfer syntax that the bytes are in, whatever the header says. */
  readonly transferSyntaxUID: string;
}

/** Options of a read of a frame. */
export interface ReadFrameOptions extends AbortOptions {
  /**
   * How often the frame is going to be halved: of JPEG 2000 and HTJ2K no more than that takes is
   * fetched, where that can be told. 0 by default.
   */
  readonly level?: number | undefined;
}
