import { processEnvironment } from "./environment.ts";
import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

/** Runs the tool as this process: Ctrl-C and SIGTERM stop it, and it ends with the exit status. */
export async function runProcess(words: readonly string[]): Promise<never> {
  const stopping = new AbortController();
  const listen = (signal: "SIGINT" | "SIGTERM") => {
    Deno.addSignalListener(signal, () => {
      const interruption = new Interruption(signal);
      // Whoever asks again has waited long enough.
      if (stopping.signal.aborted) Deno.exit(interruption.status);
      stopping.abort(interruption);
    });
  };
  listen("SIGINT");
  if (Deno.build.os !== "windows") listen("SIGTERM");
  Deno.exit(await main(words, { ...processEnvironment, signal: stopping.signal }));
}
