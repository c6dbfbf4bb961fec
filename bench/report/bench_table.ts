import type { ReportTable } from "../report_table.ts";

/** What is used of the JSON that `deno bench --json` prints. */
export interface BenchResults {
  readonly benches: readonly {
    readonly name: string;
    readonly group: string | null;
    readonly baseline: boolean;
    readonly results: readonly { readonly ok?: { readonly avg: number; readonly min: number } }[];
  }[];
}

/**
 * Makes tables of what `deno bench` measured, one a group: mean and best in milliseconds, and how many
 * times as long as the group's baseline the mean is.
 *
 * @throws {Error} When a benchmark failed.
 */
export function benchTables({ benches }: BenchResults): ReportTable[] {
  const groups = Map.groupBy(benches, ({ group }) => group ?? "");
  return [...groups].map(([title, group]) => {
    const timed = group.map(({ name, baseline, results }) => {
      const { ok } = results[0] ?? {};
      if (ok === undefined) throw new Error(`the benchmark "${name}" failed`);
      return { name, baseline, mean: ok.avg / 1e6, best: ok.min / 1e6 };
    });
    const base = timed.find(({ baseline }) => baseline)?.mean;
    return {
      title,
      columns: [
        { key: "name", title: "" },
        { key: "mean", title: "mean, ms", digits: 3 },
        { key: "best", title: "best, ms", digits: 3 },
        ...(base === undefined ? [] : [{ key: "ratio", title: "× baseline", digits: 2 }]),
      ],
      rows: timed.map(({ name, mean, best }) => ({
        name,
        mean,
        best,
        ratio: base === undefined ? null : mean / base,
      })),
    };
  });
}
