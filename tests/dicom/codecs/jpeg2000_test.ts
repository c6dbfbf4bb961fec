import { assertEquals, assertRejects } from "@std/assert";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { describeSample, encodeHtj2k, encodeJpeg2000, sampleImage } from "./encode_samples.ts";

const formats = [
  ["JPEG 2000", decodeJpeg2000, encodeJpeg2000],
  ["HTJ2K", decodeHtj2k, encodeHtj2k],
] as const;

/** Streams of other encoders, of an image of 5 × 4 pixels; OpenJPH 0.26 and OpenJPEG 2.5. */
const signedValues = [-128, -78, -28, 22, 72, -125, -75, -25, 25, 75]
  .concat([-122, -72, -22, 28, 78, -119, -69, -19, 31, 81]);
const signedHtj2k = "/0//UQApQAAAAAAFAAAABAAAAAAAAAAAAAAABQAAAAQAAAAAAAAAAAABhwEB/1AACAACAAAA" +
  "Af9SAAwAAgABAAEEBEAB/1wAByBISEhI/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAACUAAf+TwCsA/3G3" +
  "lIPzAAAAfZYAoBKAhEp3VAD/2Q==";
const signedJpeg2000 = "/0//UQApAAAAAAAFAAAABAAAAAAAAAAAAAAABQAAAAQAAAAAAAAAAAABhwEB/1IADAAA" +
  "AAEAAAQEAAH/XAAEQED/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAAAmAAH/k9+A" +
  "qBIRUKgC2xVgk8txzcp8LRq+KqGLx//Z";
const colorValues = [0, 200, 0, 50, 170, 0, 100, 140, 0, 150, 110, 0, 200, 80, 0, 1, 195, 0]
  .concat([51, 165, 13, 101, 135, 26, 151, 105, 39, 201, 75, 52, 2, 190, 0, 52, 160, 26, 102])
  .concat([130, 52, 152, 100, 78, 202, 70, 104, 3, 185, 0, 53, 155, 39, 103, 125, 78, 153, 95])
  .concat([117, 203, 65, 156]);
const plainHtj2k = "/0//UQAvQAAAAAAFAAAABAAAAAAAAAAAAAAABQAAAAQAAAAAAAAAAAADBwEBBwEBBwEB/1AACAAC" +
  "AAAAAf9SAAwAAgABAAEEBEAB/1wAByBISEhI/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAAFMAAf+TwCsA" +
  "/3u3mUPyAAAAfZYAwCqADrwF8NUggPs1AMArAP9//wn/SgAAAXm2AKASAPgUEwCgEwCZ/AN3VACgE4DS/ACkb9UA/9k=";
const tiledHtj2k = "/0//UQAvQAAAAAAFAAAABAAAAAAAAAAAAAAAAgAAAAMAAAAAAAAAAAADBwEBBwEBBwEB/1AACAAC" +
  "AAAAAf9SAAwAAgABAAEEBEAB/1wAByBISEhI/2QAFwABT3BlbkpQSCBWZXIgMC4yNi4zLv+QAAoAAAAAAEAAAf+TwCbN" +
  "yQELdADAJnDuAIt0AMAm/2UBC3QAwCYAYvEAi3QAwCYA+/4AC3QAwCUA8gAPdAD/kAAKAAEAAAA9AAH/k8Ak9SNzAMAl" +
  "JQDLdADAJv9+AQN0AMAmAGLxAIt0AMAmAPv+AAt0AMAlAPIAD3QA/5AACgACAAAAKQAB/5PAJo6SAQt0AMAm3/kAi3QA" +
  "wCb/VwEDdAAAAAD/kAAKAAMAAAA4AAH/k8AlgEqPAYd0AMYBB3QAwCWASqYBB3QA9wCHdADAJYBKsQGHdACaAQd0AP+Q" +
  "AAoABAAAADIAAf+ToBKAxgEHdADAJYBKxwCHdAD3AId0AMAlgEr5AId0AJoBB3QA/5AACgAFAAAAIwAB/5PAJSoBh3QA" +
  "wCX7AQd0AMAl7gCHdAD/2Q==";
const jp2 = "AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAABAAAAAUAAwcHAAAA" +
  "AAAPY29scgEAAAAAABAAAADKanAyY/9P/1EALwAAAAAABQAAAAQAAAAAAAAAAAAAAAUAAAAEAAAAAAAAAAAAAwcBAQcB" +
  "AQcBAf9SAAwAAAABAQAEBAAB/1wABEBA/2QAJQABQ3JlYXRlZCBieSBPcGVuSlBFRyB2ZXJzaW9uIDIuNS40/5AACgAA" +
  "AAAAUgAB/5PH1CIGSwTUnGnBXOpYXkNhkek839+AsBFO+EaTpuPaii/rqAqxUghzJKsI0q/fgKARYZMUlmwNw6fAY3OH" +
  "6lbCwVQQH//Z";

const decodeBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const small = { rows: 4, columns: 5 };
const smallSigned = describeSample(sampleImage({ ...small, bits: 8, signed: true }));
const smallColor = describeSample(sampleImage({ ...small, bits: 8, samplesPerPixel: 3 }));

for (const [name, decode, encode] of formats) {
  Deno.test(`${name} of every precision, sign and shape decodes to what was encoded`, async () => {
    for (const [bits, signed] of [[8, false], [12, false], [12, true], [16, true]] as const) {
      for (const [rows, columns, levels] of [[1, 1, 0], [17, 23, 2], [1, 50, 0]] as const) {
        const image = sampleImage({ bits, signed, rows, columns });
        // OpenJPH's encoder makes a stream of another value of a single pixel without levels.
        const bytes = await encode(image, { levels: name === "HTJ2K" ? levels + 1 : levels });
        const { data } = await decode(bytes, describeSample(image));
        assertEquals([...data], image.values, `${bits} bits, ${columns} × ${rows}`);
      }
    }
    const color = sampleImage({ bits: 8, samplesPerPixel: 3 });
    const frame = await decode(await encode(color), describeSample(color));
    assertEquals([...frame.data], color.values);
    assertEquals(frame.photometricInterpretation, undefined);
  });

  Deno.test(`A ${name} frame that is cut is an error`, async () => {
    const image = sampleImage();
    const description = describeSample(image);
    const bytes = await encode(image);
    for (let cut = 0; cut < bytes.length - 3; cut += 11) {
      const part = bytes.slice(0, cut);
      await assertRejects(() => decode(part, description), DecodeError, "", `cut at ${cut}`);
    }
    const padded = concat(bytes, new Uint8Array(1));
    for (const stream of [bytes.slice(0, -2), padded]) {
      assertEquals([...(await decode(stream, description)).data], image.values);
    }
  });

  Deno.test(`A ${name} frame of another size is an error that tells both`, async () => {
    const image = sampleImage();
    const bytes = await encode(image);
    const message = "is 36 × 24 × 1, its header says 36 × 24 × 3";
    const other = describeSample(image, { samplesPerPixel: 3 });
    await assertRejects(() => decode(bytes, other), DecodeError, message);
    const garbage = bytes.map((byte) => byte ^ 0x55);
    await assertRejects(() => decode(garbage, describeSample(image)), DecodeError, "FF4F");
  });

  Deno.test(`${name} signs follow Pixel Representation at the stream's precision`, async () => {
    const signed = sampleImage({ bits: 12, signed: true });
    const unsigned = sampleImage({ bits: 12 });
    const asUnsigned = describeSample(signed, { pixelRepresentation: 0, bitsStored: 16 });
    const asSigned = describeSample(unsigned, { pixelRepresentation: 1, bitsStored: 16 });
    assertEquals(
      [...(await decode(await encode(signed), asUnsigned)).data],
      signed.values.map((value) => value & 0xfff),
    );
    assertEquals(
      [...(await decode(await encode(unsigned), asSigned)).data],
      unsigned.values.map((value) => (value << 20) >> 20),
    );
  });

  Deno.test(`${name} keeps negative values of 8 bits`, async () => {
    const bytes = decodeBase64(name === "HTJ2K" ? signedHtj2k : signedJpeg2000);
    assertEquals([...(await decode(bytes, smallSigned)).data], signedValues);
  });
}

Deno.test("JPEG 2000 and HTJ2K decode to the same at reduced resolutions", async () => {
  for (const samplesPerPixel of [1, 3] as const) {
    const image = sampleImage({ rows: 61, columns: 90, bits: 8, samplesPerPixel });
    const description = describeSample(image);
    const streams = await Promise.all(
      formats.map(async ([, decode, encode]) =>
        [decode, await encode(image, { levels: 3 })] as const
      ),
    );
    for (const [level, rows, columns] of [[0, 61, 90], [1, 31, 45], [2, 16, 23], [9, 8, 12]]) {
      const frames = await Promise.all(
        streams.map(([decode, bytes]) => decode(bytes, description, { level })),
      );
      for (const frame of frames) {
        assertEquals([frame.rows, frame.columns], [rows, columns]);
        assertEquals(frame.data.length, rows! * columns! * samplesPerPixel);
      }
      assertEquals(frames[0]!.data, frames[1]!.data);
    }
  }
});

Deno.test("HTJ2K color without a transform keeps its components apart, in tiles too", async () => {
  for (const text of [plainHtj2k, tiledHtj2k]) {
    const { data } = await decodeHtj2k(decodeBase64(text), smallColor);
    assertEquals([...data], colorValues);
  }
});

Deno.test("A codestream that claims more packets than it has bytes is refused", async () => {
  const image = sampleImage();
  for (const [, decode, encode] of formats) {
    const bytes = await encode(image);
    const style = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0x52);
    bytes.fill(0xff, style + 6, style + 8);
    const decoding = () => decode(bytes, describeSample(image));
    await assertRejects(decoding, DecodeError, "cannot hold its packets");
  }
});

Deno.test("A JP2 file in a frame is decoded as its codestream", async () => {
  const bytes = decodeBase64(jp2);
  const description = { ...smallColor, photometricInterpretation: "YBR_RCT" };
  const frame = await decodeJpeg2000(bytes, description);
  assertEquals([...frame.data], colorValues);
  assertEquals(frame.photometricInterpretation, "RGB");
  for (const cut of [12, 40, 80, 90, 200]) {
    await assertRejects(() => decodeJpeg2000(bytes.slice(0, cut), description), DecodeError);
  }
});

Deno.test("HTJ2K in tile-parts of one resolution each decodes whole", async () => {
  const image = sampleImage({ rows: 60, columns: 70 });
  const bytes = await encodeHtj2k(image, { tileParts: true });
  assertEquals([...(await decodeHtj2k(bytes, describeSample(image))).data], image.values);
});

for (const [name, decode, encode] of formats) {
  Deno.test(`A ${name} codestream without its end marker is read, zeros behind it included`, async () => {
    const image = sampleImage({ ...small, bits: 8 });
    const whole = await encode(image);
    const zeros = new Uint8Array(3);
    const unended = whole.subarray(0, whole.lastIndexOf(0xd9) - 1);
    for (const bytes of [unended, concat(unended, zeros), concat(whole, zeros)]) {
      assertEquals([...(await decode(bytes, describeSample(image))).data], image.values);
    }
  });

  // Each of these makes OpenJPH go on for ever.
  Deno.test(`A ${name} codestream that tells its size twice, or is broken between tiles, is refused`, async () => {
    const image = sampleImage({ ...small, bits: 8 });
    const bytes = await encode(image);
    const description = describeSample(image);
    const sizeLength = 2 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(4);
    const twice = concat(bytes.subarray(0, 2 + sizeLength), bytes.subarray(2));
    await assertRejects(() => decode(twice, description), DecodeError, "corrupt or cut");
    const tilePart = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0x90);
    const shortHead = bytes.slice();
    shortHead[tilePart + 3] = 0;
    await assertRejects(() => decode(shortHead, description), DecodeError, "cut or corrupt");
    const between = concat(bytes.subarray(0, -2), Uint8Array.of(1, 2, 0xff, 0xd9));
    await assertRejects(() => decode(between, description), DecodeError, "neither a tile nor");
  });
}
