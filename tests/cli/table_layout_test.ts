import { assertEquals } from "@std/assert";
import { TableLayout } from "../../cli/table_layout.ts";

const columns = [
  { title: "name", isElastic: true },
  { title: "n", isNumber: true, usual: "1" },
  { title: "size", isNumber: true, spare: 1 },
  { title: "kind", spare: 2 },
];
const rows = [
  ["an/address/of/something.dcm", "1", "1000", "MR"],
  ["another/one.dcm", "1", "2", "CT"],
];

function layOut(room: number, cells: readonly (readonly string[])[] = rows) {
  const layout = new TableLayout(columns, cells, room);
  return { lines: [layout.titles, ...layout.lines(cells)], omitted: layout.omitted };
}

Deno.test("a table that fits is whole, numbers end below each other", () => {
  assertEquals(layOut(42), {
    lines: [
      "name                         n  size  kind",
      "an/address/of/something.dcm  1  1000  MR",
      "another/one.dcm              1     2  CT",
    ],
    omitted: [],
  });
});

Deno.test("a column that tells nothing goes first and is not missed, then the spare ones by rank", () => {
  assertEquals(layOut(41).lines[0], "name                         size  kind");
  assertEquals(layOut(41).omitted, []);
  assertEquals(layOut(38).lines[0], "name                         kind");
  assertEquals(layOut(38).omitted, ["size"]);
  assertEquals(layOut(32).omitted, ["size", "kind"]);
  const telling = [["an/address/of/something.dcm", "12", "1000", "MR"]];
  assertEquals(layOut(41, telling).lines[0], "name                          n  kind");
});

Deno.test("an elastic column loses its cells' starts, down to 16 characters", () => {
  assertEquals(layOut(20).lines, ["name", "…ss/of/something.dcm", "another/one.dcm"]);
  assertEquals(layOut(5).lines[1], "…f/something.dcm");
});

Deno.test("of two elastic columns the last one gives way first, and the other one what is still missing", () => {
  const two = [{ title: "series", isElastic: true }, { title: "index", isElastic: true }];
  const cells = [["file:///an/address/of/something/", "something-0123456789ab"]];
  const lineOf = (room: number) => new TableLayout(two, cells, room).lines(cells)[0];
  assertEquals(lineOf(56), "file:///an/address/of/something/  something-0123456789ab");
  assertEquals(lineOf(50), "file:///an/address/of/something/  …ng-0123456789ab");
  assertEquals(lineOf(44), "…/an/address/of/something/  …ng-0123456789ab");
  assertEquals(lineOf(10), "…s/of/something/  …ng-0123456789ab");
});

Deno.test("rows that come later may widen a table, and never narrow it", () => {
  const layout = new TableLayout(columns, [["a", "2", "3", "CT"]], 80);
  assertEquals(layout.titles, "name  n  size  kind");
  assertEquals(layout.lines([["abcdef", "1000", "3", "CT"]]), ["abcdef  1000     3  CT"]);
  assertEquals(layout.lines([["a", "2", "3", "CT"]]), ["a          2     3  CT"]);
});
