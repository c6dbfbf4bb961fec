import { assertEquals, assertThrows } from "@std/assert";
import { LimitError, ProtocolError } from "../../errors.ts";
import { ListingProgress } from "../../retriever/listing_progress.ts";

const same = (entry: string) => entry;

Deno.test("ListingProgress answers what is new, pages without anything among others", () => {
  const known = new ListingProgress("s3://bucket/a/");
  assertEquals(known.add(["1", "2", "2"], same, "x"), ["1", "2"]);
  assertEquals(known.add([], same, "y"), []);
  assertEquals(known.add(["2", "3"], same, "z"), ["3"]);
  assertEquals(known.add([], same, null), []);
});

Deno.test("ListingProgress refuses a page that is known, by its token or what is in it", () => {
  for (const [entries, token] of [[["3"], "x"], [["1", "2"], "y"], [[], "x"]] as const) {
    const known = new ListingProgress("s3://bucket/a/");
    known.add(["1", "2"], same, "x");
    const error = assertThrows(() => known.add(entries, same, token), ProtocolError, "in circles");
    assertEquals(error.address, "s3://bucket/a/");
  }
});

Deno.test("ListingProgress refuses empty pages without end", () => {
  const known = new ListingProgress("s3://bucket/a/");
  for (let page = 0; page < 1000; page++) known.add([], same, `${page}`);
  assertThrows(() => known.add([], same, "1000"), ProtocolError, "nothing new");
});

Deno.test("ListingProgress refuses entries without end", () => {
  const known = new ListingProgress("s3://bucket/a/", 4);
  for (const page of ["1", "2"]) known.add([`${page}a`, `${page}b`], same, page);
  assertThrows(() => known.add(["3"], same, null), LimitError, "more than 4 entries");
});
