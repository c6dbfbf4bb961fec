import { assertEquals } from "@std/assert";
import { compareKeys } from "../../retriever/compare_keys.ts";
import { seededRandom } from "../support/random.ts";

Deno.test("compareKeys orders as the bytes of UTF-8 do", () => {
  const random = seededRandom(3);
  const alphabet = [
    "",
    "a",
    "/",
    ".",
    "é",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{10ffff}",
  ];
  const pick = () => alphabet[Math.floor(random() * alphabet.length)];
  const encoder = new TextEncoder();
  for (let round = 0; round < 2000; round++) {
    const [a, b] = [0, 1].map(() => pick()! + pick() + pick());
    const [left, right] = [a, b].map((key) => encoder.encode(key).toHex());
    const expected = left! < right! ? -1 : left! > right! ? 1 : 0;
    assertEquals(Math.sign(compareKeys(a!, b!)), expected, JSON.stringify([a, b]));
  }
});
