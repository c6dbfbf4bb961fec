import { blockDecoder, type ScanState } from "./block_decoder.ts";
import type { EntropyReader } from "./entropy_reader.ts";
import type { FrameLayout } from "./jpeg_component.ts";
import type { ScanHeader } from "./scan_header.ts";

/**
 * Decodes the entropy-coded segments of a scan into the coefficients of its components.
 *
 * @param start Where they start in the stream.
 * @param restartInterval Units between restart markers; 0 for none.
 * @throws {DecodeError} When they are cut, corrupt, or lack an interval.
 */
export function decodeScan(
  header: ScanHeader,
  layout: FrameLayout,
  reader: EntropyReader,
  start: number,
  restartInterval: number,
): void {
  const scan: ScanState = { ...header, reader, endOfBlocks: 0 };
  const decodeBlock = blockDecoder(header);
  const parts = header.components;
  // A component alone is not interleaved: its unit is one block, and those that only fill up
  // interleaved units are not coded (T.81 A.2.2).
  const alone = parts.length === 1 ? parts[0]!.component : null;
  const unitsAcross = alone ? Math.ceil(alone.width / 8) : layout.unitsAcross;
  const unitsDown = alone ? Math.ceil(alone.height / 8) : layout.unitsDown;
  let untilRestart = restartInterval;
  let restarts = 0;
  reader.start(start);
  for (let row = 0; row < unitsDown; row++) {
    for (let column = 0; column < unitsAcross; column++) {
      if (restartInterval > 0 && untilRestart-- === 0) {
        reader.restart(restarts++ & 7);
        for (const part of parts) part.prediction = 0;
        scan.endOfBlocks = 0;
        untilRestart = restartInterval - 1;
      }
      for (let i = 0; i < parts.length; i++) {
        const part = parts[i]!;
        const { hSampling, vSampling, blocksAcross } = part.component;
        const across = alone ? 1 : hSampling;
        const down = alone ? 1 : vSampling;
        for (let y = row * down; y < (row + 1) * down; y++) {
          for (let x = column * across; x < (column + 1) * across; x++) {
            decodeBlock(scan, part, (y * blocksAcross + x) * 64);
            reader.requireWithin();
          }
        }
      }
    }
  }
}
