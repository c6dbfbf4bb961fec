import { assertEquals } from "@std/assert";
import { parseRetryAfter } from "../../../retriever/http/parse_retry_after.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

Deno.test("parseRetryAfter reads seconds and dates", () => {
  assertEquals(parseRetryAfter("0", NOW), 0);
  assertEquals(parseRetryAfter(" 120 ", NOW), 120_000);
  assertEquals(parseRetryAfter("1.5", NOW), 1500);
  assertEquals(parseRetryAfter("Thu, 01 Jan 2026 00:00:30 GMT", NOW), 30_000);
  assertEquals(parseRetryAfter("Thursday, 01-Jan-26 00:00:30 GMT", NOW), 30_000);
});

Deno.test("parseRetryAfter takes a date in the past as no wait", () => {
  assertEquals(parseRetryAfter("Wed, 31 Dec 2025 23:00:00 GMT", NOW), 0);
});

Deno.test("parseRetryAfter answers null for what is absent or unreadable", () => {
  for (const value of [null, "", "soon", "-1", "5 apples", "2026-01-02", "Thu, 99 Foo 2026"]) {
    assertEquals(parseRetryAfter(value, NOW), null, `${value}`);
  }
});
