import { assertEquals, assertThrows } from "@std/assert";
import { deflateRaw } from "pako";
import { decodeDeflatedFrame } from "../../../dicom/codecs/deflated_frame.ts";
import { decodeEncapsulatedUncompressed } from "../../../dicom/codecs/encapsulated_uncompressed.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { describeSample, sampleImage } from "./encode_samples.ts";

const image = sampleImage({ bits: 12, signed: true, rows: 50, columns: 60 });
const description = describeSample(image, { transferSyntaxUID: "1.2.840.10008.1.2.8.1" });
const native = new Uint8Array(Int16Array.from(image.values).buffer);

Deno.test("A deflated frame decodes to what was deflated, padded or not", () => {
  const bytes = deflateRaw(native);
  for (const stream of [bytes, concat(bytes, new Uint8Array(1))]) {
    assertEquals([...decodeDeflatedFrame(stream, description).data], image.values);
  }
});

Deno.test("A deflated frame of odd length may be padded inside", () => {
  const odd = describeSample(sampleImage({ bits: 8, rows: 3, columns: 3 }));
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  for (const padding of [[], [0]]) {
    const bytes = deflateRaw(Uint8Array.from([...values, ...padding]));
    assertEquals([...decodeDeflatedFrame(bytes, odd).data], values);
  }
});

Deno.test("A deflated frame of 1-bit pixels starts at its first bit", () => {
  const bits = describeSample(sampleImage({ bits: 8, rows: 3, columns: 3 }), {
    bitsAllocated: 1,
    bitsStored: 1,
    highBit: 0,
    numberOfFrames: 4,
  });
  const bytes = deflateRaw(Uint8Array.of(0b10101101, 1));
  assertEquals([...decodeDeflatedFrame(bytes, bits).data], [1, 0, 1, 1, 0, 1, 0, 1, 1]);
});

Deno.test("A deflated frame that is cut, corrupt, too short or too long is an error", () => {
  const bytes = deflateRaw(native);
  const decode = (stream: Uint8Array) => () => decodeDeflatedFrame(stream, description);
  for (let cut = 0; cut < bytes.length; cut += 97) {
    assertThrows(decode(bytes.slice(0, cut)), DecodeError, "cut");
  }
  assertThrows(decode(bytes.map((byte) => byte ^ 0xff)), DecodeError);
  assertThrows(decode(deflateRaw(native.subarray(2))), DecodeError, "cut");
  const bomb = deflateRaw(new Uint8Array(64 * 2 ** 20));
  assertThrows(decode(bomb), DecodeError, "inflates to more than its 6000 bytes");
  const vast = { ...description, rows: 2 ** 14, columns: 2 ** 15 };
  assertThrows(() => decodeDeflatedFrame(bytes, vast), DecodeError, "cannot hold");
});

Deno.test("An encapsulated uncompressed frame is a native one of little endian", () => {
  const encapsulated = { ...description, transferSyntaxUID: "1.2.840.10008.1.2.1.98" };
  const padded = concat(native, new Uint8Array(1));
  for (const bytes of [native, padded]) {
    assertEquals([...decodeEncapsulatedUncompressed(bytes, encapsulated).data], image.values);
  }
  const cut = native.subarray(1);
  assertThrows(() => decodeEncapsulatedUncompressed(cut, encapsulated), DecodeError, "cut");
});
