import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import { decodeFrame } from "@dicom/series-preview/dicom";
import { canDecode } from "../../dicom/decode_frame.ts";
import { transferSyntaxUIDs } from "../../dicom/transfer_syntax.ts";
import { DecodeError } from "../../errors.ts";
import { seededCodecs } from "./codec_seeds.ts";
import { faultyTargets } from "./faulty_targets.ts";
import { fuzz } from "./fuzz.ts";
import { FuzzFault } from "./fuzz_fault.ts";
import { fuzzTargets } from "./fuzz_targets.ts";
import { sizeClaimed } from "./size_claimed.ts";

/** A small part of what `deno task fuzz` runs; without real data, so that it is the same everywhere. */
const slice = { seed: 11, count: 120, realData: false };

for (const [name, target] of fuzzTargets) {
  Deno.test(`Damaged input for ${name} is read or refused, and spoils nothing`, async () => {
    const { decoded, refused } = await fuzz(target, slice);
    assertEquals(decoded + refused, slice.count);
    assertGreater(decoded, 5);
    assertGreater(refused, 30);
  });
}

Deno.test("Every transfer syntax that can be decoded is fed with damaged frames", () => {
  const fuzzed = Object.values(seededCodecs).flatMap(({ syntaxes }) => syntaxes);
  assertEquals(fuzzed.sort(), transferSyntaxUIDs.filter(canDecode).sort());
});

Deno.test("The size that a stream claims is told by the error that refuses it", async () => {
  for (const [name, { layout, syntaxes, makeSeeds }] of Object.entries(seededCodecs)) {
    if (layout !== "markers" && name !== "jpeg-xl") continue;
    const { bytes, description } = (await makeSeeds())[0]!;
    const { rows, columns, samplesPerPixel } = description;
    const other = { ...description, rows: rows + 1, transferSyntaxUID: syntaxes[0]! };
    const { message } = await assertRejects(() => decodeFrame(bytes, other), DecodeError);
    assertEquals(sizeClaimed(message), { rows, columns, samplesPerPixel }, name);
  }
});

Deno.test("A fault of a target is told with the run that it came in", async () => {
  const faults = [
    ["untyped", "TypeError: untyped"],
    ["slow", "it took"],
    ["spoiled", "the decode of sound input is spoiled: Error: spoiled"],
  ] as const;
  for (const [name, words] of faults) {
    const target = faultyTargets.get(name)!;
    const error = await assertRejects(() => fuzz(target, { ...slice, from: 3 }), FuzzFault, words);
    assertEquals(error.run, 5);
    assert(error.message.startsWith("run 5: "));
  }
});

Deno.test("A run is damaged alike whatever ran before it", async () => {
  const drawn: number[][] = [];
  for (const from of [0, 3]) {
    const numbers: number[] = [];
    const target = {
      ...faultyTargets.get("untyped")!,
      prepare: () =>
        Promise.resolve({
          run: (run: number, random: () => number) => {
            if (run >= 3) numbers.push(random());
            return Promise.resolve("refused" as const);
          },
          verify: () => Promise.resolve(),
        }),
    };
    await fuzz(target, { seed: 1, from, count: 8 - from, realData: false });
    drawn.push(numbers);
  }
  assertEquals(drawn[0], drawn[1]);
  assertEquals(new Set(drawn[0]).size, 5);
});
