import type { FuzzTarget } from "./fuzz_target.ts";

/** The run in which each fails. */
const faultyRun = 5;

/** A target that refuses all, but for one run that ends as it may not. */
function faulty(
  fail: () => void | Promise<never>,
  verify: () => void = () => {},
): FuzzTarget {
  return {
    count: 20,
    mostMilliseconds: 200,
    mostGrowth: 2 ** 30,
    prepare: () =>
      Promise.resolve({
        async run(run: number): Promise<"refused"> {
          if (run === faultyRun) await fail();
          return "refused";
        },
        // deno-lint-ignore require-await
        async verify(run: number) {
          if (run === faultyRun) verify();
        },
      }),
  };
}

/** Targets that fail in every way there is, to try the fuzzing itself. */
export const faultyTargets: ReadonlyMap<string, FuzzTarget> = new Map([
  ["untyped", faulty(() => Promise.reject(new TypeError("untyped")))],
  ["slow", faulty(() => busy(300))],
  [
    "spoiled",
    faulty(() => {}, () => {
      throw new Error("spoiled");
    }),
  ],
  ["hangs", faulty(() => busy(Infinity))],
  ["dies", faulty(() => Deno.kill(Deno.pid, "SIGKILL"))],
  ["exits", faulty(() => Deno.exit(7))],
]);

/** What a child process looks its targets up in. */
export { faultyTargets as fuzzTargets };

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
