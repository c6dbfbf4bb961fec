import { type ChildResult, cliCommand, endOf } from "./child_process.ts";

/**
 * Runs the tool with no more rights than files give their owner: a superuser gives up those beyond.
 *
 * @returns Null, with a line that says so, where they cannot be given up.
 */
export async function runUnprivileged(words: readonly string[]): Promise<ChildResult | null> {
  if (Deno.build.os === "windows") return skip("files have no modes on Windows");
  if (Deno.uid() !== 0) return await endOf(cliCommand(words));
  if (!canGiveUp()) return skip("the superuser may do everything, and there is no setpriv");
  return await endOf(cliCommand(words, { launcher: ["setpriv", ...noRights] }));
}

const noRights = ["--bounding-set=-all", "--inh-caps=-all"];

function canGiveUp(): boolean {
  try {
    return new Deno.Command("setpriv", { args: [...noRights, "true"] }).outputSync().success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function skip(why: string): null {
  // deno-lint-ignore no-console -- a test that is left out says so
  console.log(`skipped: ${why}`);
  return null;
}
