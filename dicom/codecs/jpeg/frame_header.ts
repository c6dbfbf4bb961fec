import { DecodeError } from "../../../errors.ts";
import { Marker, type Segment } from "./marker_reader.ts";

/** What a frame header (T.81 B.2.2) tells of one component. */
export interface ComponentHeader {
  /** The component's identifier. */
  readonly id: number;
  /** Samples across in a unit of the interleaved stream, 1 to 4. */
  readonly hSampling: number;
  /** Samples down in such a unit, 1 to 4. */
  readonly vSampling: number;
  /** Which quantization table it has, 0 to 3. */
  readonly quantizationIndex: number;
}

/** A frame header of a process that can be decoded. */
export interface FrameHeader {
  /** Whether the coefficients come in several scans. */
  readonly progressive: boolean;
  /** Bits of a sample, 8 or 12. */
  readonly precision: number;
  /** Rows of pixels; 0 when they are told after the first scan. */
  readonly rows: number;
  /** Columns of pixels. */
  readonly columns: number;
  /** One to four components. */
  readonly components: readonly ComponentHeader[];
}

/** The processes of T.81 table B.1 that are refused. */
const refused: Readonly<Record<number, string>> = {
  0xc3: "lossless (Process 14)",
  0xc5: "hierarchical sequential",
  0xc6: "hierarchical progressive",
  0xc7: "hierarchical lossless",
  0xc8: "JPEG extensions",
  0xc9: "sequential with arithmetic coding (Process 3 & 5)",
  0xca: "progressive with arithmetic coding (Process 7, 9, 11 & 13)",
  0xcb: "lossless with arithmetic coding (Process 15)",
  0xcd: "hierarchical sequential with arithmetic coding",
  0xce: "hierarchical progressive with arithmetic coding",
  0xcf: "hierarchical lossless with arithmetic coding",
  0xde: "hierarchical",
  0xf7: "JPEG-LS",
};

/** Whether a segment tells the process: starts a frame, or a hierarchy of them. */
export function isFrameHeader(marker: number): boolean {
  const starts = marker >= Marker.SOF0 && marker <= 0xcf &&
    marker !== Marker.DHT && marker !== Marker.DAC;
  return starts || Object.hasOwn(refused, marker);
}

/**
 * Reads a frame header.
 *
 * @throws {DecodeError} When its process is another than sequential or
 * progressive Huffman-coded DCT, or when it is not well-formed.
 */
export function readFrameHeader({ marker, parameters }: Segment): FrameHeader {
  const process = refused[marker];
  if (process !== undefined) {
    throw new DecodeError(
      `the JPEG process of the stream is ${process}; this syntax has Huffman-coded DCT`,
    );
  }
  const precision = parameters.uint8();
  const rows = parameters.uint16();
  const columns = parameters.uint16();
  const count = parameters.uint8();
  const precisionFits = precision === 8 || (precision === 12 && marker !== Marker.SOF0);
  if (!precisionFits || columns === 0 || count < 1 || count > 4) {
    throw new DecodeError(
      `the JPEG frame header is wrong: ${precision} bits, ${columns} columns, ${count} components`,
    );
  }
  const components = Array.from({ length: count }, (): ComponentHeader => {
    const id = parameters.uint8();
    const [hSampling, vSampling] = parameters.nibbles();
    return { id, hSampling, vSampling, quantizationIndex: parameters.uint8() };
  });
  for (const { id, hSampling, vSampling, quantizationIndex } of components) {
    const fits = hSampling >= 1 && hSampling <= 4 && vSampling >= 1 && vSampling <= 4;
    if (!fits || quantizationIndex > 3) {
      throw new DecodeError(
        `the JPEG frame header is wrong: component ${id} has sampling factors ` +
          `${hSampling} × ${vSampling} and quantization table ${quantizationIndex}`,
      );
    }
  }
  return { progressive: marker === 0xc2, precision, rows, columns, components };
}
