import { assertEquals } from "@std/assert";
import { wrapLabel } from "../../mosaic/wrap_label.ts";

Deno.test("a line that fits stays as it is", () => {
  assertEquals(wrapLabel(["CT lung 1500/-500", "#60  -1.5 mm"], 17), [
    "CT lung 1500/-500",
    "#60  -1.5 mm",
  ]);
});

Deno.test("a line is broken where two spaces are, before it is broken between words", () => {
  assertEquals(wrapLabel(["#60  -1.5 mm"], 11), ["#60", "-1.5 mm"]);
  assertEquals(wrapLabel(["a  b  c c"], 6), ["a  b", "c c"]);
  assertEquals(wrapLabel(["CT soft tissue 400/50", "x"], 14), ["CT soft tissue", "400/50", "x"]);
});

Deno.test("a word that is longer than a line is cut", () => {
  assertEquals(wrapLabel(["embedded 1"], 5), ["embed", "1"]);
  assertEquals(wrapLabel(["12345"], 1), ["1"]);
});

Deno.test("without text there is nothing to see", () => {
  assertEquals(wrapLabel([], 9), []);
  assertEquals(wrapLabel([""], 9), [""]);
});
