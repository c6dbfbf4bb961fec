import { assertEquals, assertGreater } from "@std/assert";
import { fuzzCodec, fuzzedCodecs } from "./fuzz_codecs.ts";

for (const name of Object.keys(fuzzedCodecs)) {
  Deno.test(`Damaged ${name} streams are decoded or refused, and spoil nothing`, async () => {
    const { runs, decoded, refused } = await fuzzCodec(name, 60, 11);
    assertEquals(decoded + refused, runs);
    assertGreater(refused, 30);
  });
}
