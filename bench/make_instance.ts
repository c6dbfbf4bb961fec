/**
 * Makes an instance whose header has about a given number of bytes: text
 * elements of 60 to 100 bytes as scanners write them, explicit VR little
 * endian, and 8 KB of pixels.
 */
export function makeInstance(headerBytes: number): Uint8Array {
  const bytes = new Uint8Array(headerBytes + 8192 + 200);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("DICM"), 128);
  let at = 132;
  const element = (group: number, number: number, vr: string, text: string) => {
    view.setUint16(at, group, true);
    view.setUint16(at + 2, number, true);
    bytes.set(new TextEncoder().encode(vr), at + 4);
    view.setUint16(at + 6, text.length, true);
    bytes.set(new TextEncoder().encode(text), at + 8);
    at += 8 + text.length;
  };
  element(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1\0");
  element(0x0008, 0x0060, "CS", "CT");
  for (let i = 0; at < headerBytes - 108; i++) {
    const text = `value ${i} `.padEnd(60 + (i % 20) * 2, "x");
    element(0x0009 + 2 * (i >> 12), 0x1000 + (i & 0xfff), "LO", text);
  }
  view.setUint16(at, 0x7fe0, true);
  view.setUint16(at + 2, 0x0010, true);
  bytes.set(new TextEncoder().encode("OW"), at + 4);
  view.setUint32(at + 8, 8192, true);
  return bytes.subarray(0, at + 12 + 8192);
}
