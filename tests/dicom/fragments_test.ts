import { assertEquals, assertInstanceOf, assertLess, assertThrows } from "@std/assert";
import { splitFrames } from "@dicom/series-preview/dicom";
import fc from "fast-check";
import { DecodeError } from "../../errors.ts";
import {
  concat,
  encodingOf,
  EXPLICIT,
  writeFragments,
  writeHead,
} from "../support/dicom_fixtures.ts";

const END = writeHead(0xfffee0dd, "", 0, encodingOf(EXPLICIT));
const A = Uint8Array.of(1, 2, 3, 4);
const B = Uint8Array.of(5, 6);
const C = Uint8Array.of(7, 8, 9, 10, 11, 12);

Deno.test("All fragments are the only frame's", () => {
  assertEquals(splitFrames(concat(writeFragments([A, B, C]), END), 1), [concat(A, B, C)]);
  assertEquals(splitFrames(concat(writeFragments([A, B], [0]), END), 1), [concat(A, B)]);
});

Deno.test("Without an offset table each fragment is a frame when there are as many", () => {
  assertEquals(splitFrames(concat(writeFragments([A, B, C]), END), 3), [A, B, C]);
  // The end may be missing where the value runs to the end of the object.
  assertEquals(splitFrames(writeFragments([A, B, C]), 3), [A, B, C]);
});

Deno.test("There may be 100,000 fragments, and 8 more for each frame", () => {
  const empty = writeFragments([new Uint8Array(0)], []).subarray(8);
  const value = (count: number) => concat(...new Array<Uint8Array>(count + 1).fill(empty), END);
  assertEquals(splitFrames(value(100_007), 1), [new Uint8Array(0)]);
  assertThrows(() => splitFrames(value(100_008), 1), DecodeError, "in more than 100008 fragments");
  assertEquals(splitFrames(value(100_012), 100_012).length, 100_012);
});

Deno.test("What follows the sequence's end is not looked at", () => {
  const value = concat(writeFragments([A, B]), END, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9));
  assertEquals(splitFrames(value, 2), [A, B]);
});

Deno.test("The offset table tells which fragments are of which frame", () => {
  // Items start at 0, 12 and 22.
  assertEquals(splitFrames(writeFragments([A, B, C], [0, 22]), 2), [concat(A, B), C]);
  assertEquals(splitFrames(writeFragments([A, B, C], [0, 12]), 2), [A, concat(B, C)]);
});

Deno.test("A wrong offset table does no harm where there are as many fragments as frames", () => {
  for (const table of [[0, 0, 0], [5, 4, 3], [0, 12], [9]]) {
    assertEquals(splitFrames(concat(writeFragments([A, B, C], table), END), 3), [A, B, C]);
  }
});

Deno.test("Without an offset table frames begin where codestreams do", () => {
  const starts = [
    [0xff, 0xd8, 0xff, 0xe0],
    [0xff, 0x4f, 0xff, 0x51],
    [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20],
    [0xff, 0x0a],
    [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20],
  ].map((bytes) => Uint8Array.from(bytes));
  for (const start of starts) {
    const value = concat(writeFragments([start, A, B, start, start, C]), END);
    assertEquals(splitFrames(value, 3), [concat(start, A, B), start, concat(start, C)]);
    assertThrows(() => splitFrames(value, 4), DecodeError, "6 fragments");
    const late = concat(writeFragments([A, start, start]), END);
    assertThrows(() => splitFrames(late, 2), DecodeError, "3 fragments");
  }
});

Deno.test("A pad byte after a fragment of odd length may be left out of it", () => {
  const item = (bytes: number[], pad: number[] = []) =>
    concat(
      writeHead(0xfffee000, "", bytes.length, encodingOf(EXPLICIT)),
      Uint8Array.from([...bytes, ...pad]),
    );
  const first = Uint8Array.of(1, 2, 3);
  const second = Uint8Array.of(4);
  for (const pad of [[], [0], [0xff]]) {
    const value = concat(item([]), item([...first], pad), item([...second], pad), END);
    assertEquals(splitFrames(value, 2), [first, second]);
  }
});

Deno.test("Offsets that go in circles, overlap or lie beyond the fragments are an error", () => {
  // Items start at 0, 12, 22 and 36.
  for (
    const table of [[0, 22, 12], [0, 12, 12], [0, 0, 0], [0, 12, 5000], [12, 22, 36], [0, 8, 22]]
  ) {
    const value = concat(writeFragments([A, B, C, A], table), END);
    assertThrows(() => splitFrames(value, 3), DecodeError, "the offset table's entry for frame");
  }
  const right = concat(writeFragments([A, B, C, A], [0, 22, 36]), END);
  assertEquals(splitFrames(right, 3), [concat(A, B), C, A]);
});

Deno.test("Frames that cannot be told apart are an error", () => {
  assertThrows(() => splitFrames(writeFragments([A, B, C]), 2), DecodeError, "3 fragments");
  assertThrows(() => splitFrames(writeFragments([A, B, C], [0, 12, 22]), 2), DecodeError);
  assertThrows(() => splitFrames(writeFragments([A, B, C], [0, 100]), 2), DecodeError, "frame 1");
  assertThrows(() => splitFrames(writeFragments([A, B, C], [12, 0]), 2), DecodeError, "frame 0");
});

Deno.test("Pixel data that is cut in a fragment is an error", () => {
  const value = writeFragments([A, B, C], [0, 22]);
  for (let cut = 0; cut < value.length; cut++) {
    assertThrows(() => splitFrames(value.slice(0, cut), 2), DecodeError);
  }
});

Deno.test("Pixel data without fragments, or of something else, is an error", () => {
  assertThrows(() => splitFrames(writeFragments([]), 1), DecodeError, "no fragments");
  assertThrows(() => splitFrames(END, 1), DecodeError, "no fragments");
  assertThrows(() => splitFrames(new Uint8Array(20), 1), DecodeError, "no fragment at byte 0");
});

Deno.test("A hundred thousand frames of two fragments are told apart at once", () => {
  const count = 100_000;
  const fragment = Uint8Array.of(0xfe, 0xff, 0, 0xe0, 2, 0, 0, 0, 1, 2);
  const value = new Uint8Array(8 + count * 4 + count * 2 * fragment.length);
  const table = writeFragments(
    [],
    Array.from({ length: count }, (_, i) => i * 2 * fragment.length),
  );
  value.set(table);
  for (let i = 0; i < count * 2; i++) value.set(fragment, table.length + i * fragment.length);
  const start = performance.now();
  const frames = splitFrames(value, count);
  assertLess(performance.now() - start, 3000);
  assertEquals(frames.length, count);
  assertEquals(frames.at(-1), Uint8Array.of(1, 2, 1, 2));
});

Deno.test("Whatever the bytes are, there are as many frames as asked for or a typed error", () => {
  const value = concat(writeFragments([A, B, C, A], [0, 22, 36]), END);
  const change = fc.tuple(fc.nat(value.length - 1), fc.nat(255));
  const changes = fc.array(change, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 6 }), (changes, numberOfFrames) => {
      const damaged = value.slice();
      for (const [at, byte] of changes) damaged[at] = byte;
      try {
        assertEquals(splitFrames(damaged, numberOfFrames).length, numberOfFrames);
      } catch (error) {
        assertInstanceOf(error, DecodeError);
      }
    }),
    { seed: 3, numRuns: 3000 },
  );
});
