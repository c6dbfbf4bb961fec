import fc from "fast-check";
import { assertEquals, assertLess } from "@std/assert";
import { CellList } from "../../index_cache/cell_list.ts";
import type { Cell } from "../../index_cache/cells.ts";

Deno.test("a list of cells holds what an array would", () => {
  const scalar = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -0, NaN, null, "", "\ufefftext", "x\0y"),
    fc.string({ unit: "grapheme" }),
    fc.bigInt(),
  );
  const cell = fc.oneof(scalar, fc.array(scalar, { maxLength: 4 }));
  const step = fc.record({
    instance: fc.nat(20),
    // Few values, so that they are met again.
    cell: fc.oneof(fc.constantFrom<Cell>(1, "a", [1, null]), cell, fc.constant(undefined)),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new CellList();
      const array: (Cell | undefined)[] = [];
      for (const { instance, cell } of steps) {
        if (cell === undefined) {
          list.delete(instance);
          delete array[instance];
        } else {
          list.set(instance, cell);
          array[instance] = cell;
        }
        assertEquals(list.at(instance), cell);
      }
      const length = Math.max(list.length, array.length, 21);
      for (let i = 0; i < length; i++) assertEquals(list.at(i), array[i]);
      assertEquals(list.count, array.filter((each) => each !== undefined).length);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("a list of cells holds more values than two bytes count", () => {
  const list = new CellList();
  const count = 70_000;
  for (let i = 0; i < count; i++) list.set(i, i * 0.5);
  for (let i = 0; i < count; i++) if (list.at(i) !== i * 0.5) assertEquals(list.at(i), i * 0.5);
  assertEquals([list.length, list.count], [count, count]);
});

Deno.test("a text that is too long to be held beside its bytes is read back", () => {
  const list = new CellList();
  const long = "long\u00e9 ".repeat(200_000);
  for (const instance of [0, 1]) list.set(instance, long);
  list.set(2, "short");
  assertEquals([list.at(0) === long, list.at(1) === long, list.at(2)], [true, true, "short"]);
});

Deno.test("cells take few bytes: one for a value that is there already", () => {
  const count = 10_000;
  const bytes = (cell: (instance: number) => Cell) => {
    const list = new CellList();
    for (let i = 0; i < count; i++) list.set(i, cell(i));
    return list.byteLength / count;
  };
  assertLess(bytes(() => "1.2.840.10008.5.1.4.1.1.2"), 2);
  assertLess(bytes((i) => ["ORIGINAL", "PRIMARY", "AXIAL", "OTHER"][i % 4]!), 2);
  assertLess(bytes(() => [1, 0, 0, 0, 1, 0]), 2);
  // A double and what it is, where it starts, and its number; with the room to grow.
  assertLess(bytes((i) => i / 7), 1.5 * (9 + 4 + 2) + 1);
});
