import type { PixelArray } from "../dicom/frame.ts";
import type { ColorPalette, LookupTable } from "../dicom/image_description.ts";
import { lookUp } from "./look_up.ts";

/** Maps indices through a palette (PS3.3 C.7.6.3.1.5) to RGB, interleaved. */
export function paletteBytes(data: PixelArray, palette: ColorPalette): Uint8Array {
  const channels = [palette.red, palette.green, palette.blue].map((table) => ({
    ...table,
    entries: eightBitEntries(table, palette),
  }));
  const bytes = new Uint8Array(data.length * 3);
  channels.forEach((table, channel) => {
    for (let index = 0; index < data.length; index++) {
      bytes[index * 3 + channel] = lookUp(table, data[index]!);
    }
  });
  return bytes;
}

/** The entries of one channel at 8 bits. */
function eightBitEntries(table: LookupTable, palette: ColorPalette): Uint8Array {
  if (table.entries instanceof Uint8Array) return table.entries;
  // The high byte is right both for entries that fill 16 bits and for 8-bit ones that were shifted.
  const shift = isDim(palette) ? 0 : table.bits - 8;
  return Uint8Array.from(table.entries, (entry) => Math.min(255, entry >> shift));
}

/**
 * Whether a palette wider than 8 bits never leaves the low byte. Entries shall
 * span the full range (PS3.3 C.7.6.3.1.6), so these are 8-bit ones in 16-bit
 * words, as some writers leave them; read by the rule they would all be black.
 */
function isDim({ red, green, blue }: ColorPalette): boolean {
  return [red, green, blue].every(({ entries }) => entries.every((entry: number) => entry <= 255));
}
