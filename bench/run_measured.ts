/**
 * Runs `series-preview` with the words given, and writes as the last line of stderr the most memory
 * that the process has had, in bytes, as Linux tells it.
 *
 * @module
 */
import { runProcess } from "../cli/run_process.ts";

addEventListener("unload", () => {
  const status = Deno.readTextFileSync("/proc/self/status");
  const [, kibibytes] = /VmHWM:\s+(\d+)/.exec(status)!;
  Deno.stderr.writeSync(new TextEncoder().encode(`\n${1024 * Number(kibibytes)}\n`));
});
await runProcess(Deno.args);
