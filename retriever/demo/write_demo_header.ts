import { demoDataset, type DemoElement } from "./demo_dataset.ts";
import { DEMO_GRID } from "./demo_grid.ts";

const EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
const IMPLEMENTATION_UID = "2.25.17410991622746729455253136030613526170";
const PREAMBLE = 128;

/**
 * Writes an instance of the demo series as a file (PS3.10) up to the first byte of its pixels:
 * preamble, file meta information, dataset, and tag, VR and length of the pixel data.
 *
 * Of all that a dataset may hold it writes what this one does: to load dcmjs for that would take
 * longer than to make a picture of it.
 *
 * @param slice 0 for the lowest slice, nearest to the feet.
 */
export function writeDemoHeader(slice: number): Uint8Array<ArrayBuffer> {
  const dataset = demoDataset(slice);
  const [, , classUid = ""] = dataset.SOPClassUID;
  const [, , instanceUid = ""] = dataset.SOPInstanceUID;
  const meta = joined([
    longHead(0x00020001, "OB", 2),
    Uint8Array.of(0, 1),
    writeElement([0x00020002, "UI", classUid]),
    writeElement([0x00020003, "UI", instanceUid]),
    writeElement([0x00020010, "UI", EXPLICIT_LITTLE_ENDIAN]),
    writeElement([0x00020012, "UI", IMPLEMENTATION_UID]),
    writeElement([0x00020013, "SH", "SERIES-PREVIEW"]),
  ]);
  return joined([
    new Uint8Array(PREAMBLE),
    new TextEncoder().encode("DICM"),
    writeElement([0x00020000, "UL", meta.length]),
    meta,
    ...Object.values(dataset).map(writeElement),
    longHead(0x7fe00010, "OW", DEMO_GRID.frameBytes),
  ]);
}

/** Writes an element of a VR whose length takes 16 bits (PS3.5 7.1.2). */
function writeElement([tag, vr, ...values]: DemoElement): Uint8Array {
  const value = writeValues(vr, values);
  return joined([tagAndVr(tag, vr), integer(value.length, 2), value]);
}

/** Writes the head of an element of a VR whose length takes 32 bits. */
function longHead(tag: number, vr: string, length: number): Uint8Array {
  return joined([tagAndVr(tag, vr), integer(0, 2), integer(length, 4)]);
}

function tagAndVr(tag: number, vr: string): Uint8Array {
  return joined([integer(tag >>> 16, 2), integer(tag & 0xffff, 2), new TextEncoder().encode(vr)]);
}

/** Writes values, those of text filled up to an even length (PS3.5 6.2). */
function writeValues(vr: string, values: readonly (string | number)[]): Uint8Array {
  if (vr === "US" || vr === "UL") {
    return joined(values.map((value) => integer(Number(value), vr === "US" ? 2 : 4)));
  }
  const text = values.join("\\");
  const padding = vr === "UI" ? "\0" : " ";
  return new TextEncoder().encode(text.length % 2 === 0 ? text : text + padding);
}

/** A number as so many bytes, the least significant first. */
function integer(value: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => value >>> (8 * at));
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
