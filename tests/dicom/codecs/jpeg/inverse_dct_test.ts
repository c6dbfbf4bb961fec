import { assertEquals, assertLess } from "@std/assert";
import { inverseDct } from "../../../../dicom/codecs/jpeg/inverse_dct.ts";
import { seededRandom } from "../../../support/random.ts";

/** The transform as T.81 A.3.3 defines it. */
function definition(block: Int32Array): number[] {
  const scale = (frequency: number) => frequency === 0 ? Math.SQRT1_2 : 1;
  return Array.from({ length: 64 }, (_, i) => {
    const [y, x] = [i >> 3, i & 7];
    let sum = 0;
    block.forEach((value, at) => {
      const [v, u] = [at >> 3, at & 7];
      sum += scale(u) * scale(v) * value * Math.cos((2 * x + 1) * u * Math.PI / 16) *
        Math.cos((2 * y + 1) * v * Math.PI / 16);
    });
    return sum / 4;
  });
}

Deno.test("The integer transform stays within one of its definition, without bias", () => {
  const random = seededRandom(1);
  for (const [precision, reach] of [[8, 300], [12, 5000]] as const) {
    let bias = 0;
    for (let round = 0; round < 200; round++) {
      const block = Int32Array.from(
        { length: 64 },
        () => random() < 0.3 ? Math.round((random() - 0.5) * reach) : 0,
      );
      const exact = definition(block);
      inverseDct(block, precision);
      block.forEach((value, i) => {
        assertLess(Math.abs(value - exact[i]!), 1);
        bias += value - exact[i]!;
      });
    }
    assertLess(Math.abs(bias / (200 * 64)), 0.02);
  }
});

Deno.test("A block of one frequency 0 is flat, at an eighth", () => {
  for (const [value, sample] of [[8, 1], [-8, -1], [1016, 127], [4, 1], [3, 0], [0, 0]] as const) {
    const block = new Int32Array(64);
    block[0] = value;
    inverseDct(block, 8);
    assertEquals([...block], new Array(64).fill(sample));
  }
});
