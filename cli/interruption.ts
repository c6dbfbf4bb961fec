/** The reason for which a call ends that a signal of the system has stopped. */
export class Interruption extends Error {
  /** The process's exit status: 128 and the signal's number. */
  readonly status: number;

  /** Tells by what the call was stopped. */
  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal === "SIGINT" ? "Ctrl-C" : signal);
    this.name = "Interruption";
    this.status = 128 + numbers[signal];
  }
}

const numbers = { SIGINT: 2, SIGTERM: 15 } as const;
