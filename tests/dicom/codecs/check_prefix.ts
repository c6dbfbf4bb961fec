import { assert, assertEquals, assertGreater } from "@std/assert";
import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
import {
  type Jpeg2000Prefix,
  planJpeg2000Prefix,
} from "../../../dicom/codecs/plan_jpeg2000_prefix.ts";

type Decode = (
  bytes: Uint8Array,
  description: ImageDescription,
  options: { level: number },
) => Promise<Frame>;

/** The prefix of a plan, which has to be one. */
export function prefixOf(
  plan: Jpeg2000Prefix,
  what: string,
): Extract<Jpeg2000Prefix, { kind: "prefix" }> {
  if (plan.kind === "prefix") return plan;
  throw new Error(`${what}: ${plan.kind}`);
}

/** Checks that a frame's prefix is its shortest one and decodes to the same; answers its length. */
export async function checkPrefix(
  frame: Uint8Array,
  description: ImageDescription,
  decode: Decode,
  level: number,
  what: string,
): Promise<number> {
  const plan = (length: number) =>
    planJpeg2000Prefix(frame.subarray(0, length), level, frame.length);
  const { end, codestream } = prefixOf(plan(frame.length), what);
  assertEquals(prefixOf(plan(end), what), { kind: "prefix", end, codestream });
  for (const length of [end - 1, end >> 1, end >> 2, 60]) {
    const short = plan(length);
    assert(short.kind === "more", `${what}: ${short.kind} of ${length} bytes`);
    assertGreater(short.bytesNeeded, length, what);
    assert(short.bytesNeeded <= end || !short.enough, what);
  }
  const [reduced, whole] = await Promise.all([
    decode(codestream, description, { level }),
    decode(frame, description, { level }),
  ]);
  assertEquals(reduced, whole, what);
  return end;
}
