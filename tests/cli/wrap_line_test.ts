import { assertEquals } from "@std/assert";
import { wrapLine } from "../../cli/wrap_line.ts";

const cases: readonly (readonly [what: string, line: string, lines: readonly string[]])[] = [
  ["a short line stays", "one two", ["one two"]],
  ["an empty line stays", "", [""]],
  ["the last column stays free", "1234 6789 ab", ["1234 6789", "  ab"]],
  ["what follows is indented", "one two three four", ["one two", "  three", "  four"]],
  ["indented lines go on from there", "  one two three", ["  one two", "    three"]],
  ["a word that fits no line is left to the terminal", "a 1234567890123 b", ["a 1234567890123 b"]],
  ["after it the line that the terminal began goes on", "1234567890123 b c d e", [
    "1234567890123 b c d",
    "  e",
  ]],
  ["characters count, not code units", "😀😀😀 😀😀😀😀😀 a", ["😀😀😀 😀😀😀😀😀", "  a"]],
];

for (const [what, line, lines] of cases) {
  Deno.test(`of a line on a terminal of 10 columns, ${what}`, () => {
    assertEquals(wrapLine(line, 10).split("\n"), lines);
  });
}
