import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { NotFoundError, ProtocolError, SeriesPreviewError } from "../../../errors.ts";
import type { ByteRange, Store } from "../../../retriever/store.ts";
import { seededRandom } from "../../support/random.ts";
import { compareKeys } from "../../../retriever/compare_keys.ts";

const SEED = 7;

/** Makes sure that a store lists what a server holds, and reads all of it in all ways. */
export async function checkStore(
  store: Store,
  objects: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const listed = (await Array.fromAsync(store.list(""))).map(({ key }) => key);
  assertEquals(listed, [...objects.keys()].sort(compareKeys));
  assertEquals(await Array.fromAsync(store.listFolders("")), ["odd/", "series/"]);
  const random = seededRandom(SEED);
  for (const [key, object] of objects) {
    const whole = await store.get(key);
    assertBytes(whole.bytes, object, key);
    assertEquals(whole.totalSize, object.length, key);
    for (const range of rangesOf(object.length, random)) {
      const { bytes, totalSize } = await store.getRange(key, range, { etag: whole.etag });
      const what = `${key} ${JSON.stringify(range)}, seed ${SEED}`;
      assertBytes(bytes, slice(object, range), what);
      // Not every server tells the size where it has no bytes to send.
      const isBeyond = "offset" in range && range.offset >= object.length;
      if (!(isBeyond && totalSize === null)) assertEquals(totalSize, object.length, what);
    }
  }
  await assertRejects(
    () => store.getRange("series/none.dcm", { offset: 0, length: 9 }),
    NotFoundError,
  );
}

/**
 * Reads from a server that answers some ranges wrongly: each read is exact or refused.
 *
 * @returns How many were refused.
 */
export async function checkHostile(
  store: Store,
  objects: ReadonlyMap<string, Uint8Array>,
): Promise<number> {
  const random = seededRandom(SEED);
  let refused = 0;
  for (const [key, object] of objects) {
    for (const range of rangesOf(object.length, random)) {
      try {
        const { bytes } = await store.getRange(key, range);
        assertBytes(bytes, slice(object, range), `${key} ${JSON.stringify(range)}`);
      } catch (error) {
        assertInstanceOf(error, SeriesPreviewError, `${error}`);
        assertInstanceOf(error, ProtocolError, `${error}`);
        refused++;
      }
    }
  }
  return refused;
}

function rangesOf(size: number, random: () => number): ByteRange[] {
  const below = (limit: number) => Math.floor(random() * limit);
  return [
    { offset: 0, length: 5120 },
    { offset: 0, length: 0 },
    { offset: size, length: 10 },
    { offset: Math.max(0, size - 3), length: 10 },
    { suffix: 1 },
    { suffix: size + 5 },
    { suffix: 1 + below(Math.max(1, size)) },
    ...Array.from({ length: 5 }, () => ({ offset: below(size + 1), length: 1 + below(5000) })),
  ];
}

function slice(object: Uint8Array, range: ByteRange): Uint8Array {
  if ("suffix" in range) return object.subarray(Math.max(0, object.length - range.suffix));
  return object.subarray(range.offset, range.offset + range.length);
}

function assertBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  const same = actual.length === expected.length &&
    actual.every((byte, at) => byte === expected[at]);
  assertEquals(same, true, `${what}: ${actual.length} bytes, not those ${expected.length}`);
}
