import { assertEquals } from "@std/assert";
import { JsonItems } from "../../dicom/json_items.ts";
import { seededRandom } from "./header_facts.ts";

function listed(text: string): unknown[] {
  const items = new JsonItems(text);
  return Array.from({ length: items.length }, (_, i) => items.at(i));
}

Deno.test("Items are those that parsing the whole text gives, whatever their strings hold", () => {
  const random = seededRandom(7);
  const letters = ['"', "\\", "[", "]", "{", "}", ",", "a", "\n", "é", " "];
  const text = () =>
    Array.from({ length: random() * 8 }, () => letters[Math.floor(random() * letters.length)])
      .join("");
  // Keys are tags, without escapes.
  const key = () => `0020${Math.floor(1000 + random() * 9000)}`;
  const value = (depth: number): unknown => {
    if (depth === 0 || random() < 0.5) return text();
    return random() < 0.5
      ? Array.from({ length: random() * 3 }, () => value(depth - 1))
      : { [key()]: value(depth - 1), [key()]: random() };
  };
  for (let run = 0; run < 500; run++) {
    const items = Array.from({ length: random() * 40 }, () => ({ [key()]: value(3) }));
    for (const json of [JSON.stringify(items), JSON.stringify(items, null, 1)]) {
      assertEquals(listed(json), items, json);
    }
  }
});

Deno.test("A text without items has none, and beyond the last one there is none", () => {
  for (const text of ["", "[]", "[ ]"]) assertEquals(new JsonItems(text).length, 0, text);
  const items = new JsonItems('[{"a":1},{}]');
  assertEquals([items.length, items.at(2), items.at(-1)], [2, undefined, undefined]);
});
