import type { ChildLine, ChildTask } from "./child.ts";
import type { FuzzReport } from "./fuzz.ts";

/** What is to be run, and how long it may take. */
export interface SuperviseOptions extends ChildTask {
  /** Milliseconds of silence after which a run is taken for hung. */
  readonly mostSilence: number;
}

/** A run that came to an end it may not come to. */
export interface Fault {
  /** The run's number; null when the process did not get as far as the first. */
  readonly run: number | null;
  /** What happened. */
  readonly what: string;
}

/** What became of all runs. */
export interface SuperviseReport extends FuzzReport {
  readonly faults: readonly Fault[];
}

/** After so many faults the rest is left. */
const mostFaults = 10;
/** Milliseconds in which a process must have loaded and made its sound inputs. */
const mostStartMilliseconds = 120_000;

/**
 * Runs a target in a process of its own, which may hang or die: then the run is
 * noted as a fault, and another process goes on after it.
 */
export async function supervise(options: SuperviseOptions): Promise<SuperviseReport> {
  const { from, count } = options;
  const end = from + count;
  const faults: Fault[] = [];
  const reports: FuzzReport[] = [];
  for (let next = from; next < end && faults.length < mostFaults;) {
    const outcome = await superviseChild({ ...options, from: next, count: end - next });
    const { run, report, what } = outcome;
    if (report !== null) reports.push(report);
    if (what === null) break;
    faults.push({ run, what });
    if (run === null) break;
    next = run + 1;
  }
  const sum = (key: "decoded" | "refused") => reports.reduce((total, each) => total + each[key], 0);
  const most = (key: "longest" | "mostMemory") => Math.max(0, ...reports.map((each) => each[key]));
  return {
    decoded: sum("decoded"),
    refused: sum("refused"),
    longest: most("longest"),
    firstMemory: reports[0]?.firstMemory ?? 0,
    mostMemory: most("mostMemory"),
    faults,
  };
}

/** What the last line of a process tells. */
interface ChildOutcome {
  readonly run: number | null;
  /** Null when there was no line. */
  readonly report: FuzzReport | null;
  /** What went wrong; null when nothing did. */
  readonly what: string | null;
}

async function superviseChild(
  { mostSilence, ...task }: SuperviseOptions,
): Promise<ChildOutcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet"],
      new URL("child.ts", import.meta.url).href,
      JSON.stringify(task),
    ],
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const stderr = new Response(child.stderr).text();
  let hung = false;
  const hang = () => {
    hung = true;
    child.kill("SIGKILL");
  };
  let watchdog = setTimeout(hang, mostStartMilliseconds);
  let last = "";
  let rest = "";
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    clearTimeout(watchdog);
    watchdog = setTimeout(hang, mostSilence);
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    last = lines.at(-1) ?? last;
  }
  const { code, signal } = await child.status;
  clearTimeout(watchdog);
  const line: ChildLine | null = last === "" ? null : JSON.parse(last);
  const outcome = { run: line?.run ?? null, report: line?.report ?? null };
  if (line?.state === "done") return { ...outcome, what: null };
  if (line?.state === "failed") return { ...outcome, what: line.what! };
  if (hung) return { ...outcome, what: "it hangs: the process was killed" };
  const end = signal === null ? `with status ${code}` : `by ${signal}`;
  return { ...outcome, what: `the process ended ${end}: ${(await stderr).trim()}` };
}
