import { processEnvironment } from "./environment.ts";
import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

/** Runs the tool as this process: Ctrl-C and SIGTERM stop it, and it ends with the exit status. */
export async function runProcess(words: readonly string[]): Promise<never> {
  let signal: AbortSignal | undefined;
  const environment = {
    ...processEnvironment,
    // To listen takes as long as all of `--help` does: only who has something to stop asks for it.
    get signal() {
      return signal ??= listenForStop();
    },
  };
  Deno.exit(await main(words, environment));
}

/** Aborts when the process is asked to stop; asked again, the process ends at once. */
function listenForStop(): AbortSignal {
  const stopping = new AbortController();
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of Deno.build.os === "windows" ? names.slice(0, 1) : names) {
    Deno.addSignalListener(name, () => {
      const interruption = new Interruption(name);
      if (stopping.signal.aborted) Deno.exit(interruption.status);
      stopping.abort(interruption);
    });
  }
  return stopping.signal;
}
