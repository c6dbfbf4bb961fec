import { assertEquals } from "@std/assert";
import { parseContentRange } from "../../../retriever/http/parse_content_range.ts";

Deno.test("parseContentRange reads a range and the size", () => {
  assertEquals(parseContentRange("bytes 0-9/52"), { range: { start: 0, end: 9 }, totalSize: 52 });
  assertEquals(parseContentRange("BYTES 5-5/6"), { range: { start: 5, end: 5 }, totalSize: 6 });
  assertEquals(parseContentRange("bytes 5-9/*"), { range: { start: 5, end: 9 }, totalSize: null });
  assertEquals(parseContentRange("bytes */0"), { range: null, totalSize: 0 });
});

Deno.test("parseContentRange answers null for a header that breaks the rules", () => {
  for (
    const header of [
      "",
      "items 0-9/52",
      "bytes=0-9/52",
      "bytes 9-0/52",
      "bytes 0-52/52",
      "bytes 0-9",
      "bytes -9/52",
      "bytes 0-/52",
      "bytes */*",
      "bytes 0-9/52, bytes 20-29/52",
      "bytes 0-99999999999999999999/999999999999999999999",
    ]
  ) {
    assertEquals(parseContentRange(header), null, header);
  }
});
