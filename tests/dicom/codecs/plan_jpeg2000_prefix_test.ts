import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { planJpeg2000Prefix } from "../../../dicom/codecs/plan_jpeg2000_prefix.ts";
import { DecodeError } from "../../../errors.ts";
import { concat, latin1 } from "../../support/dicom_fixtures.ts";
import { seededRandom } from "../../support/random.ts";
import { checkPrefix, prefixOf } from "./check_prefix.ts";
import { describeSample, encodeHtj2k, encodeJpeg2000, sampleImage } from "./encode_samples.ts";
import variants from "./jpeg2000_variants.json" with { type: "json" };

const formats = [
  ["JPEG 2000", decodeJpeg2000, encodeJpeg2000, [{}]],
  ["HTJ2K", decodeHtj2k, encodeHtj2k, [
    {},
    { tileParts: true },
    { blocks: 8, precincts: [32] },
    { precincts: [16, 32, 32, 64] },
  ]],
] as const;

for (const [name, decode, encode, forms] of formats) {
  Deno.test(`A prefix of ${name} decodes as the whole frame at its level does`, async () => {
    for (const [samplesPerPixel, orders] of [[1, [0, 1, 2, 3, 4]], [3, [0, 1, 2]]] as const) {
      const image = sampleImage({ rows: 70, columns: 101, bits: 8, samplesPerPixel });
      const description = describeSample(image);
      for (const order of orders) {
        for (const form of forms) {
          if (form !== forms[0] && order !== 0 && order !== 2) continue;
          const frame = await encode(image, { levels: 3, order, ...form });
          const ends: number[] = [];
          for (const level of [1, 2, 3, 9]) {
            const what = `order ${order}, ${JSON.stringify(form)}, level ${level}`;
            ends.push(await checkPrefix(frame, description, decode, level, what));
          }
          const [first, second, third, beyond] = ends as [number, number, number, number];
          assertLess(first, frame.length / 2);
          assertLess(second, first);
          assertLess(third, second);
          assertEquals(beyond, third);
        }
      }
    }
  });

  Deno.test(`A prefix of ${name} of signed and wide values decodes the same`, async () => {
    for (const [bits, signed] of [[8, true], [12, true], [16, false]] as const) {
      const image = sampleImage({ rows: 40, columns: 33, bits, signed });
      const frame = await encode(image, { levels: 3 });
      await checkPrefix(frame, describeSample(image), decode, 2, `${bits} bits, signed: ${signed}`);
    }
  });

  Deno.test(`A wrong bit in a prefix of ${name} is no other picture than in the whole frame`, async () => {
    const image = sampleImage({ rows: 90, columns: 90 });
    const description = describeSample(image);
    const level = 2;
    const frame = await encode(image, { levels: 4, order: 2 });
    const { end } = prefixOf(planJpeg2000Prefix(frame, level, frame.length), name);
    const random = seededRandom(23);
    const decoded = async (bytes: Uint8Array) => {
      try {
        return await decode(bytes, description, { level });
      } catch (error) {
        if (error instanceof DecodeError) return null;
        throw error;
      }
    };
    const sound = await decoded(frame);
    let refused = 0;
    let drawn = 0;
    for (let run = 0; run < 150; run++) {
      const wrong = frame.slice();
      // The headers are where bits matter most.
      const at = Math.floor(random() * (run % 2 === 0 ? 200 : end));
      wrong[at]! ^= 1 << Math.floor(random() * 8);
      const plan = planJpeg2000Prefix(wrong, level, wrong.length);
      if (plan.kind !== "prefix") {
        assertEquals(plan.kind, "whole");
        refused++;
        continue;
      }
      const picture = await decoded(plan.codestream);
      if (picture === null) continue;
      // Where only what comes after the prefix is told wrong, its picture is right all the same.
      assertEquals(picture, await decoded(wrong) ?? sound, `byte ${at}`);
      drawn++;
    }
    assertGreater(refused, 10);
    assertGreater(drawn, 50);
  });
}

for (const { name, samplesPerPixel, hasPrefix, stream } of variants.cases) {
  const frame = Uint8Array.from(atob(stream), (char) => char.charCodeAt(0));
  const { rows, columns } = variants;
  const description = describeSample(
    sampleImage({ rows, columns, bits: 8, samplesPerPixel: samplesPerPixel as 1 | 3 }),
  );
  Deno.test(`JPEG 2000 with ${name} has ${hasPrefix ? "prefixes" : "no prefix"}`, async () => {
    for (const level of [1, 2, 3]) {
      if (hasPrefix) await checkPrefix(frame, description, decodeJpeg2000, level, `level ${level}`);
      else assertEquals(planJpeg2000Prefix(frame, level, frame.length), { kind: "whole" });
    }
  });
}

Deno.test("HTJ2K in tiles, and at its full resolution, has no prefix", async () => {
  const image = sampleImage({ rows: 70, columns: 101 });
  const tiled = await encodeHtj2k(image, { levels: 3, tiles: 48 });
  assertEquals(planJpeg2000Prefix(tiled, 2, tiled.length), { kind: "whole" });
  const whole = await encodeHtj2k(image, { levels: 3 });
  assertEquals(planJpeg2000Prefix(whole, 0, whole.length), { kind: "whole" });
});

Deno.test("The lengths of tile-parts in the header tell at once how much to ask for", async () => {
  const image = sampleImage({ rows: 200, columns: 180 });
  const frame = await encodeHtj2k(image, { levels: 3, tileParts: true });
  const { end } = prefixOf(planJpeg2000Prefix(frame, 1, frame.length), "tile-parts");
  const short = planJpeg2000Prefix(frame.subarray(0, 200), 1, frame.length);
  assertEquals(short, { kind: "more", bytesNeeded: end, enough: true });
});

Deno.test("A prefix of a JP2 file counts the boxes before its codestream", async () => {
  const image = sampleImage({ rows: 70, columns: 101 });
  const codestream = await encodeJpeg2000(image, { levels: 3 });
  const box = (type: string, value: Uint8Array) => {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setUint32(0, 8 + value.length);
    head.set(latin1(type), 4);
    return concat(head, value);
  };
  const signature = box("jP  ", Uint8Array.of(13, 10, 0x87, 10));
  const boxes = concat(signature, box("ftyp", new Uint8Array(12)));
  const file = concat(boxes, box("jp2c", codestream));
  const bare = prefixOf(planJpeg2000Prefix(codestream, 2, codestream.length), "bare");
  const boxed = prefixOf(planJpeg2000Prefix(file, 2, file.length), "boxed");
  assertEquals(boxed, { ...bare, end: bare.end + boxes.length + 8 });
  assertEquals(planJpeg2000Prefix(file.subarray(0, 20), 2, file.length), { kind: "whole" });
});

Deno.test("A frame that ends before its prefix does has none", async () => {
  const image = sampleImage({ rows: 70, columns: 101 });
  const frame = await encodeJpeg2000(image, { levels: 3 });
  for (const length of [0, 3, 50, 100, 200, frame.length - 3]) {
    const cut = frame.subarray(0, length);
    assertEquals(planJpeg2000Prefix(cut, 2, length), { kind: "whole" }, `${length} bytes`);
  }
});

Deno.test("Damaged streams are planned in bounded time, and never throw", async () => {
  const image = sampleImage({ rows: 70, columns: 101 });
  const streams = await Promise.all([
    encodeJpeg2000(image, { levels: 3, order: 0 }),
    encodeHtj2k(image, { levels: 3, tileParts: true, precincts: [16] }),
  ]);
  const random = seededRandom(5);
  const kinds = new Set<string>();
  for (let run = 0; run < 4000; run++) {
    const frame = streams[run % 2]!.slice();
    for (let change = 0; change <= run % 5; change++) {
      const at = Math.floor(random() * (run % 3 === 0 ? frame.length : 200));
      frame[at] = random() < 0.3 ? 0xff : Math.floor(random() * 256);
    }
    const given = frame.subarray(0, Math.floor(random() * frame.length));
    const plan = planJpeg2000Prefix(given, 1 + run % 4, frame.length);
    kinds.add(plan.kind);
    if (plan.kind === "more") {
      assertGreater(plan.bytesNeeded, given.length);
      assert(plan.bytesNeeded <= frame.length);
    }
    if (plan.kind === "prefix") assert(plan.end <= given.length);
  }
  assertEquals([...kinds].sort(), ["more", "prefix", "whole"]);
});

Deno.test("A small frame that claims many code-blocks or packets costs nothing", async () => {
  const image = sampleImage({ rows: 70, columns: 101 });
  const frame = await encodeJpeg2000(image, { levels: 3 });
  const view = new DataView(frame.buffer);
  const sides = [8, 12, 24, 28];
  for (const side of [2 ** 20, 2 ** 31]) {
    for (const at of sides) view.setUint32(at, side);
    assertEquals(planJpeg2000Prefix(frame, 1, frame.length), { kind: "whole" });
  }
});
