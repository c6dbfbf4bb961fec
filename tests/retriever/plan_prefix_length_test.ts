import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { planPrefixLength } from "@dicom/series-preview/retriever";

const unknown = { share: null, refused: false };
const slice = { length: 150_000, samples: 512 * 512, level: 2 };

Deno.test("The first prefix of a series is planned by what a level takes at most", () => {
  // 4.6 bits a sample: of a sixteenth of the samples each takes up to 4.5 bits more.
  assertEquals(planPrefixLength(slice, unknown), 1024 + (150_000 + 512 * 512 * 4.5 / 8) / 16);
  const lengths = [1, 2, 3, 4].map((level) => planPrefixLength({ ...slice, level }, unknown));
  assertEquals(lengths, lengths.toSorted((a, b) => b - a));
  assertLess(lengths[1]!, 0.15 * slice.length);
});

Deno.test("The next ones are planned by the largest share that was seen, and a tenth", () => {
  assertEquals(planPrefixLength(slice, { share: 0.08, refused: false }), 13_200);
  assertEquals(planPrefixLength(slice, { share: 0.08, refused: true }), 13_200);
  assertEquals(
    planPrefixLength({ ...slice, length: 300_000 }, { share: 0.08, refused: false }),
    26_400,
  );
  // The header is there in any case.
  assertGreater(planPrefixLength(slice, { share: 0.0001, refused: false }), 1000);
});

Deno.test("Frames are read whole that are short, need nearly all, or are of a kind that refused", () => {
  const whole = (given: Partial<typeof slice>, learned = unknown) => {
    const frame = { ...slice, ...given };
    assertEquals(planPrefixLength(frame, learned), frame.length);
  };
  whole({ length: 8000 });
  whole({}, { share: null, refused: true });
  // A tenth of a bit a sample: the prefix would be most of it.
  whole({ length: 20_000, samples: 1280 * 1280, level: 1 });
  whole({}, { share: 0.8, refused: false } as unknown as typeof unknown);
});
