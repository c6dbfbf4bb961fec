import { assertEquals } from "@std/assert";
import { readDecimal } from "../../dicom/read_decimal.ts";
import { seededRandom } from "./header_facts.ts";

function read(text: string, isInteger = false): unknown {
  const bytes = new TextEncoder().encode(text);
  return readDecimal(bytes, 0, bytes.length, isInteger);
}

Deno.test("A decimal is the double nearest to it, however it is written", () => {
  const random = seededRandom(11);
  const digits = (most: number) =>
    Array.from({ length: random() * most }, () => Math.floor(random() * 10)).join("");
  for (let run = 0; run < 20_000; run++) {
    const sign = ["", "-", "+"][run % 3]!;
    const point = run % 5 === 0 ? "" : ".";
    const exponent = run % 7 === 0 ? `e${Math.floor(random() * 40) - 20}` : "";
    const text = `${sign}${digits(20)}${point}${point && digits(20)}${exponent}`;
    const written = /\d/.test(text.split("e")[0]!);
    assertEquals(read(text), written ? Number(text) : text, text);
  }
});

Deno.test("Zero keeps its sign, and integers beyond doubles stay exact", () => {
  assertEquals([read("-0"), read("-0.00"), read("0")].map((each) => Object.is(each, -0)), [
    true,
    true,
    false,
  ]);
  assertEquals(read("9007199254740993", true), 9007199254740993n);
  assertEquals(read("9007199254740993"), 9007199254740992);
  assertEquals(read("99999999999999999999", true), "99999999999999999999");
});

Deno.test("What writes no number stays text", () => {
  for (const text of ["", "-", ".", "1.2.3", "1 2", "0x10", "NaN", "1e", "--1", "1e400"]) {
    assertEquals(read(text), text);
    assertEquals(read(text, true), text);
  }
});
