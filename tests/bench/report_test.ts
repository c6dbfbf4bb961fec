import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { benchTables } from "../../bench/report/bench_table.ts";
import { findBlocks } from "../../bench/report/find_blocks.ts";
import { plotLines } from "../../bench/report/plot_lines.ts";
import { plotTable } from "../../bench/report/plot_table.ts";
import { type ReportTable, toMarkdown } from "../../bench/report_table.ts";

Deno.test("Blocks of a report are found with their commands, and what is around stays", () => {
  const report = "# A\n<!-- run deno run a.ts --json -->\nold\n<!-- end -->\ntext\n" +
    "<!-- run b -->\n<!-- end -->\n";
  const blocks = findBlocks(report);
  assertEquals(blocks.map(({ command, content }) => [command, content]), [
    ["deno run a.ts --json", "old\n"],
    ["b", ""],
  ]);
  const { start, end } = blocks[0]!;
  assertEquals(
    report.slice(0, start) + "new\n" + report.slice(end),
    report.replace("old", "new"),
  );
});

Deno.test("A block that does not end is no block", () => {
  const broken = [
    "<!-- run a -->\n<!-- run b -->\n<!-- end -->\n",
    "<!-- run a -->\n",
    "<!-- end -->\n",
  ];
  for (const report of broken) assertThrows(() => findBlocks(report), SyntaxError);
});

Deno.test("Every block of the report runs a script that is there", async () => {
  const root = new URL("../../", import.meta.url);
  const blocks = findBlocks(await Deno.readTextFile(new URL("bench/REPORT.md", root)));
  const scripts = blocks.flatMap(({ command }) => command.match(/bench\/\S+\.ts/g) ?? []);
  for (const script of scripts) assert((await Deno.stat(new URL(script, root))).isFile, script);
  for (const { command, content } of blocks) assert(content.trim() !== "", `${command} has run`);
});

const table: ReportTable = {
  title: "Growth",
  columns: [
    { key: "kind", title: "header" },
    { key: "n", title: "instances" },
    { key: "ratio", title: "ratio", digits: 2, unit: " ×" },
  ],
  rows: [
    { kind: "2 KB", n: 100, ratio: 1 },
    { kind: "2 KB", n: 1000, ratio: 9.876 },
    { kind: "9 KB", n: 100, ratio: null },
  ],
  plot: { name: "growth", title: "A < B", x: "n", y: "ratio", by: "kind" },
};

Deno.test("Tables are written as Markdown, figures to their digits", () => {
  assertEquals(
    toMarkdown(table),
    "**Growth**\n\n| header | instances | ratio |\n| --- | ---: | ---: |\n" +
      "| 2 KB | 100 | 1.00 × |\n| 2 KB | 1000 | 9.88 × |\n| 9 KB | 100 |  |",
  );
});

Deno.test("A table that tells how is plotted, a line for each kind", () => {
  assertEquals(plotTable({ title: "", columns: [], rows: [] }), null);
  const plot = plotTable({ ...table, rows: table.rows.slice(0, 2) })!;
  assertEquals([plot.name, plot.title], ["growth", "A < B"]);
  assertMatch(plot.svg, /^<svg [^]*<title>A &lt; B<\/title>[^]*<\/svg>\n$/);
  assertEquals(plot.svg.match(/<polyline/g)!.length, 1);
});

Deno.test("Growth in proportion is a straight line, and ten times as much is a step of the grid", () => {
  const points = [[10, 5], [100, 50], [1000, 500]] as const;
  const svg = plotLines({ title: "t", x: "x", y: "y", lines: [{ name: "a", points }] });
  const [, drawn] = /<polyline points="([^"]+)"/.exec(svg)!;
  const places = drawn!.split(" ").map((place) => place.split(",").map(Number));
  const [[x0, y0], [x1, y1], [x2, y2]] = places as [[number, number], [number, number], [
    number,
    number,
  ]];
  assertEquals([x0, x2], [70, 620]);
  assert(Math.abs(x1 - (x0 + x2) / 2) <= 0.1 && Math.abs(y1 - (y0 + y2) / 2) <= 0.1, drawn);
  assert(y2 < y0, "up is more");
});

Deno.test("What cannot be plotted is refused", () => {
  const plot = (points: readonly (readonly [number, number])[]) => () =>
    plotLines({ title: "t", x: "x", y: "y", lines: [{ name: "a", points }] });
  assertThrows(plot([]), RangeError);
  assertThrows(plot([[1, 0]]), RangeError);
  assertThrows(plot([[NaN, 1]]), RangeError);
});

Deno.test("Benchmarks are set beside the baseline of their group", () => {
  const bench = (name: string, avg: number, baseline = false) => ({
    name,
    group: "resize",
    baseline,
    results: [{ ok: { avg, min: avg / 2 } }],
  });
  const [table] = benchTables({ benches: [bench("own", 2e6, true), bench("other", 7e6)] });
  assertEquals(table!.title, "resize");
  assertEquals(table!.rows, [
    { name: "own", mean: 2, best: 1, ratio: 1 },
    { name: "other", mean: 7, best: 3.5, ratio: 3.5 },
  ]);
  assertThrows(() =>
    benchTables({ benches: [{ name: "a", group: null, baseline: false, results: [{}] }] })
  );
});
