import { assertEquals } from "@std/assert";
import type { DicomElements } from "@dicom/series-preview/dicom";
import { element, type ElementSpec, writeInstance } from "../support/dicom_fixtures.ts";
import { seededRandom, wholeHeader } from "./header_facts.ts";

/** What a map that is filled in stored order has, in place of a view. */
function asMap(elements: DicomElements): Map<number, unknown> {
  const told = [...elements].map(([tag, { vr, offset, length, items }]) =>
    [tag, { vr, offset, length, items: items?.map(asMap) }] as const
  );
  return new Map(told);
}

function viewOf(specs: readonly ElementSpec[]): DicomElements {
  return wholeHeader(writeInstance(specs)).dataset;
}

Deno.test("Elements are found by tag, in any order and with tags that are there twice", () => {
  const random = seededRandom(3);
  for (let run = 0; run < 200; run++) {
    const count = Math.floor(random() * 30) + 1;
    const tags = Array.from({ length: count }, () => 0x00091000 + Math.floor(random() * 40));
    if (run % 2 === 0) tags.sort((a, b) => a - b);
    const view = viewOf(tags.map((tag, i) => element(tag, "LO", "x".repeat(2 * i))));
    // A tag has the place of the first and the value of the last.
    const expected = new Map(tags.map((tag, i) => [tag, 2 * i]));
    assertEquals([...view.values()].map(({ tag, length }) => [tag, length]), [...expected]);
    assertEquals([...view.keys()], [...expected.keys()]);
    assertEquals(view.size, expected.size);
    const seen: number[] = [];
    view.forEach(({ length }, tag, map) => {
      assertEquals(map.get(tag)?.length, length);
      seen.push(tag);
    });
    assertEquals(seen, [...expected.keys()]);
    for (let tag = 0x00090fff; tag < 0x00091030; tag++) {
      assertEquals(view.get(tag)?.length, expected.get(tag));
      assertEquals(view.has(tag), expected.has(tag));
    }
  }
});

Deno.test("Sequences have their items, empty ones too, and others have none", () => {
  const inner = element(0x00081150, "UI", "1.2");
  const view = viewOf([
    element(0x00080060, "CS", "CT"),
    element(0x00081110, "SQ", []),
    element(0x00081115, "SQ", [[inner], [], [element(0x00081140, "SQ", [[inner]]), inner]]),
    element(0x00200013, "IS", "1"),
  ]);
  const [modality, empty, full, number] = [...view.values()];
  assertEquals([modality!.items, number!.items, empty!.items], [undefined, undefined, []]);
  assertEquals(full!.items!.map(({ size }) => size), [1, 0, 2]);
  const nested = full!.items![2]!.get(0x00081140)!.items!;
  assertEquals(nested.map((item) => [...item.keys()]), [[0x00081150]]);
  assertEquals(asMap(view), asMap(new Map(view)));
});
