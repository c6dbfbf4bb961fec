import { inverseDct } from "./inverse_dct.ts";
import type { JpegComponent } from "./jpeg_component.ts";

/** Samples of one component, row by row. */
export interface Plane {
  readonly data: Uint8Array | Uint16Array;
  /** Samples from one row to the next. */
  readonly stride: number;
}

/** Turns a component's coefficients into samples, those that fill up blocks included. */
export function componentPlane(component: JpegComponent, precision: number): Plane {
  const { blocksAcross, blocksDown, coefficients } = component;
  const quantization = component.quantization!;
  const stride = blocksAcross * 8;
  const count = stride * blocksDown * 8;
  const data = precision === 8 ? new Uint8Array(count) : new Uint16Array(count);
  const middle = 1 << (precision - 1);
  const largest = (1 << precision) - 1;
  const block = new Int32Array(64);
  let at = 0;
  for (let row = 0; row < blocksDown; row++) {
    for (let column = 0; column < blocksAcross; column++) {
      for (let i = 0; i < 64; i++) block[i] = Math.imul(coefficients[at++]!, quantization[i]!);
      inverseDct(block, precision);
      let target = row * 8 * stride + column * 8;
      for (let i = 0; i < 64; target += stride) {
        for (let x = 0; x < 8; x++) {
          const sample = block[i++]! + middle;
          data[target + x] = sample < 0 ? 0 : sample > largest ? largest : sample;
        }
      }
    }
  }
  return { data, stride };
}
