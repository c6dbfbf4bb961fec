/** How the pixels of one axis are mixed when it is resized. */
export interface AxisWeights {
  /** For each output pixel, the first input pixel that counts. */
  readonly starts: Int32Array;
  /** For each output pixel, how many input pixels count. */
  readonly lengths: Int32Array;
  /** `taps` weights for each output pixel, in units of 2^−{@linkcode weightBits}; those unused are 0. */
  readonly weights: Int32Array;
  /** The room for weights of one output pixel. */
  readonly taps: number;
}

/** How both axes of an image are resized. */
export interface Axes {
  readonly across: AxisWeights;
  readonly down: AxisWeights;
}

/** Bits after the point of a weight: 8 more hold a byte, and 2 the sign and the overshoot of the sum. */
export const weightBits = 22;

const lobes = 3;

const remembered = new Map<string, AxisWeights>();
const rememberedMax = 16;

/** Where the pixels of an axis lie on the picture, if not side by side from end to end. */
export interface AxisGrid {
  /** How much of the picture there is along the axis, in pixels of the input. */
  readonly extent: number;
  /** How far before its middle each pixel was taken, in pixels of the input. */
  readonly offset: number;
}

/** The weights that take an axis from one size to another; the last ones asked for are remembered. */
export function lanczosWeights(
  inputSize: number,
  outputSize: number,
  grid: AxisGrid = { extent: inputSize, offset: 0 },
): AxisWeights {
  const key = `${inputSize}:${outputSize}:${grid.extent}:${grid.offset}`;
  const weights = remembered.get(key) ?? computeWeights(inputSize, outputSize, grid);
  remembered.delete(key);
  remembered.set(key, weights);
  if (remembered.size > rememberedMax) {
    const [oldest] = remembered.keys();
    remembered.delete(oldest!);
  }
  return weights;
}

function computeWeights(
  inputSize: number,
  outputSize: number,
  { extent, offset }: AxisGrid,
): AxisWeights {
  const scale = extent / outputSize;
  // When shrinking, the filter is widened to the output's pixels, which is what keeps out aliases.
  const filterScale = Math.max(scale, 1);
  const support = lobes * filterScale;
  const taps = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outputSize);
  const lengths = new Int32Array(outputSize);
  const weights = new Int32Array(outputSize * taps);
  for (let output = 0; output < outputSize; output++) {
    const center = (output + 0.5) * scale + offset;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(inputSize, Math.trunc(center + support + 0.5));
    const exact: number[] = [];
    for (let input = start; input < end; input++) {
      exact.push(lanczos((input - center + 0.5) / filterScale));
    }
    // Sums to 1 also where the filter hangs over the edge, so that a plain area stays plain.
    const sum = exact.reduce((total, weight) => total + weight, 0);
    starts[output] = start;
    lengths[output] = exact.length;
    exact.forEach((weight, index) => {
      weights[output * taps + index] = Math.round(weight / sum * 2 ** weightBits);
    });
  }
  return { starts, lengths, weights, taps };
}

function lanczos(x: number): number {
  return Math.abs(x) < lobes ? sinc(x) * sinc(x / lobes) : 0;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
