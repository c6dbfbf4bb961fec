import { DecodeError } from "../../../errors.ts";
import type { EntropyReader } from "./entropy_reader.ts";
import type { ScanComponent, ScanHeader } from "./scan_header.ts";
import { zigzag } from "./zigzag.ts";

/** A scan while it is read. */
export interface ScanState extends ScanHeader {
  readonly reader: EntropyReader;
  /** How many blocks from here on have no more coefficients in this scan's range. */
  endOfBlocks: number;
}

/** Decodes what a scan has of one block, whose coefficients start at `at`. */
export type BlockDecoder = (scan: ScanState, component: ScanComponent, at: number) => void;

/** Chooses the procedure for the blocks of a scan. */
export function blockDecoder({ first, last, high }: ScanHeader): BlockDecoder {
  if (first === 0 && last > 0) return decodeSequential;
  if (first === 0) return high === 0 ? decodeDcFirst : refineDc;
  return high === 0 ? decodeAcFirst : refineAc;
}

/** All coefficients at once (T.81 F.2.2). */
function decodeSequential(scan: ScanState, state: ScanComponent, at: number): void {
  const { reader } = scan;
  const { coefficients } = state.component;
  const table = state.acTable!;
  decodeDcFirst(scan, state, at);
  for (let place = 1; place < 64; place++) {
    const symbol = reader.readSymbol(table);
    const size = symbol & 15;
    if (size > 0) {
      place += symbol >> 4;
      if (place > 63) throw beyondBlock();
      coefficients[at + zigzag[place]!] = reader.readValue(size);
    } else {
      if (symbol !== 0xf0) return;
      place += 15;
    }
  }
}

/** The DC coefficient, or its high bits (T.81 G.1.2.1). */
function decodeDcFirst({ reader, low }: ScanState, state: ScanComponent, at: number): void {
  const size = reader.readSymbol(state.dcTable!);
  if (size > 0) state.prediction += reader.readValue(size);
  state.component.coefficients[at] = state.prediction << low;
}

/** One more bit of the DC coefficient. */
function refineDc({ reader, low }: ScanState, { component }: ScanComponent, at: number): void {
  component.coefficients[at]! |= reader.readBits(1) << low;
}

/** A band of AC coefficients, or their high bits (T.81 G.1.2.2). */
function decodeAcFirst(scan: ScanState, state: ScanComponent, at: number): void {
  if (scan.endOfBlocks > 0) {
    scan.endOfBlocks--;
    return;
  }
  const { reader, last, low } = scan;
  const { coefficients } = state.component;
  for (let place = scan.first; place <= last; place++) {
    const symbol = reader.readSymbol(state.acTable!);
    const size = symbol & 15;
    const run = symbol >> 4;
    if (size > 0) {
      place += run;
      if (place > last) throw beyondBlock();
      coefficients[at + zigzag[place]!] = reader.readValue(size) << low;
    } else if (run === 15) {
      place += 15;
    } else {
      scan.endOfBlocks = readEndOfBlocks(reader, run) - 1;
      return;
    }
  }
}

/** One more bit of a band of AC coefficients (T.81 G.1.2.3). */
function refineAc(scan: ScanState, state: ScanComponent, at: number): void {
  const { reader, last } = scan;
  const { coefficients } = state.component;
  const bit = 1 << scan.low;
  let place = scan.first;
  while (scan.endOfBlocks === 0 && place <= last) {
    const symbol = reader.readSymbol(state.acTable!);
    const run = symbol >> 4;
    let fresh = 0;
    if ((symbol & 15) === 1) {
      fresh = reader.readBits(1) === 1 ? bit : -bit;
    } else if ((symbol & 15) > 1) {
      throw new DecodeError("the JPEG stream is corrupt: a refinement adds more than one bit");
    } else if (run < 15) {
      scan.endOfBlocks = readEndOfBlocks(reader, run);
      break;
    }
    // What is not 0 yet takes a bit each; what is still 0 counts for the run.
    for (let zeros = run; place <= last; place++) {
      const target = at + zigzag[place]!;
      if (coefficients[target] !== 0) refine(reader, coefficients, target, bit);
      else if (zeros-- === 0) break;
    }
    if (fresh !== 0) {
      if (place > last) throw beyondBlock();
      coefficients[at + zigzag[place]!] = fresh;
    }
    place++;
  }
  if (scan.endOfBlocks === 0) return;
  for (; place <= last; place++) {
    const target = at + zigzag[place]!;
    if (coefficients[target] !== 0) refine(reader, coefficients, target, bit);
  }
  scan.endOfBlocks--;
}

/** Takes one bit for a coefficient, and lets it grow away from 0 where the bit is set. */
function refine(reader: EntropyReader, coefficients: Int16Array, at: number, bit: number): void {
  if (reader.readBits(1) === 0) return;
  const value = coefficients[at]!;
  coefficients[at] = value > 0 ? value + bit : value - bit;
}

/** How many blocks a run of ends of block has, this one counted in. */
function readEndOfBlocks(reader: EntropyReader, size: number): number {
  return size === 0 ? 1 : (1 << size) + reader.readBits(size);
}

function beyondBlock(): DecodeError {
  return new DecodeError("the JPEG stream is corrupt: a run of coefficients leaves its block");
}
