/**
 * The signals that end a process on request, by their numbers; not the end of a terminal, which
 * `nohup` has programs outlive.
 */
const signals: ReadonlyMap<Deno.Signal, number> = Deno.build.os === "windows"
  ? new Map([["SIGINT", 2], ["SIGBREAK", 21]])
  : new Map([["SIGINT", 2], ["SIGTERM", 15]]);

/**
 * Does something before a signal ends the process; no longer once it is disposed of.
 *
 * @param act Must not wait for anything.
 */
export function onTermination(act: () => void): Disposable {
  const listeners = [...signals].map(([signal, number]) => {
    const listener = () => {
      try {
        act();
      } finally {
        // What a shell says of a process that a signal ended.
        Deno.exit(128 + number);
      }
    };
    Deno.addSignalListener(signal, listener);
    return [signal, listener] as const;
  });
  return {
    [Symbol.dispose]() {
      for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
    },
  };
}
