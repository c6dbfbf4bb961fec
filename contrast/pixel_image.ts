/** An 8-bit picture: grey or RGB, no alpha. */
export interface PixelImage {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** 1: grey; 3: red, green, blue interleaved. */
  readonly channels: 1 | 3;
  /** `width × height × channels` bytes, row by row from the top left. */
  readonly data: Uint8Array | Uint8ClampedArray;
}
