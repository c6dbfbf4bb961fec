import type { ComponentHeader, FrameHeader } from "./frame_header.ts";

/** A component's layout in blocks, and its coefficients as far as they are decoded. */
export interface JpegComponent extends ComponentHeader {
  /** Samples across, without those that fill up blocks. */
  readonly width: number;
  /** Samples down, likewise. */
  readonly height: number;
  /** Blocks across, with those that fill up the interleaved units. */
  readonly blocksAcross: number;
  /** Blocks down, likewise. */
  readonly blocksDown: number;
  /** 64 coefficients a block, row by row, not yet scaled by the quantization. */
  readonly coefficients: Int16Array;
  /** By place in coded order: the lowest bit that is decoded so far; -1 for none. */
  readonly decodedTo: Int8Array;
  /** The quantization table as it was at the component's first scan. */
  quantization: Uint16Array | null;
}

/** How the interleaved units (T.81 A.2.3) cover a frame. */
export interface FrameLayout {
  /** The largest horizontal sampling factor. */
  readonly hMax: number;
  /** The largest vertical sampling factor. */
  readonly vMax: number;
  /** Units across. */
  readonly unitsAcross: number;
  /** Units down. */
  readonly unitsDown: number;
  /** Blocks of all components. */
  readonly blocks: number;
}

/** Tells how a frame is divided into units. */
export function layOutFrame({ rows, columns, components }: FrameHeader): FrameLayout {
  const hMax = Math.max(...components.map(({ hSampling }) => hSampling));
  const vMax = Math.max(...components.map(({ vSampling }) => vSampling));
  const unitsAcross = Math.ceil(columns / (8 * hMax));
  const unitsDown = Math.ceil(rows / (8 * vMax));
  const inUnit = components.reduce((sum, each) => sum + each.hSampling * each.vSampling, 0);
  return { hMax, vMax, unitsAcross, unitsDown, blocks: unitsAcross * unitsDown * inUnit };
}

/** Makes the components of a frame, their coefficients all 0. */
export function makeComponents(header: FrameHeader, layout: FrameLayout): JpegComponent[] {
  return header.components.map((component) => {
    const { hSampling, vSampling } = component;
    const blocksAcross = layout.unitsAcross * hSampling;
    const blocksDown = layout.unitsDown * vSampling;
    return {
      ...component,
      width: Math.ceil(header.columns * hSampling / layout.hMax),
      height: Math.ceil(header.rows * vSampling / layout.vMax),
      blocksAcross,
      blocksDown,
      coefficients: new Int16Array(blocksAcross * blocksDown * 64),
      decodedTo: new Int8Array(64).fill(-1),
      quantization: null,
    };
  });
}

/** Whether every bit of every coefficient of a component was in a scan. */
export function isComplete(component: JpegComponent): boolean {
  return component.decodedTo.every((bit) => bit === 0);
}
