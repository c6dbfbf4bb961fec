import { delay } from "../../../runtime/delay.ts";

/** Runs a program to its end; answers what it wrote. Throws what it said where it failed. */
export async function run(program: string, args: readonly string[]): Promise<string> {
  const command = new Deno.Command(program, { args: [...args], stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(`${program} ${args.join(" ")} failed: ${decoder.decode(stderr).slice(-2000)}`);
}

/** A program that runs in the background until it is disposed of. */
export class Program implements AsyncDisposable {
  readonly #child: Deno.ChildProcess;

  /** Starts a program; what it writes is thrown away. */
  constructor(program: string, args: readonly string[], env: Record<string, string> = {}) {
    const streams = { stdin: "null", stdout: "null", stderr: "null" } as const;
    this.#child = new Deno.Command(program, { args: [...args], env, ...streams }).spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { status } = this.#child;
    try {
      this.#child.kill("SIGTERM");
    } catch (error) {
      // It ended by itself.
      if (!(error instanceof TypeError)) throw error;
    }
    const stopped = new AbortController();
    const late = delay(10_000, stopped.signal).then(() => this.#child.kill("SIGKILL"), () => {});
    await status;
    stopped.abort();
    await late;
  }
}

/** Waits until something has come about, asked for again and again; throws after a while. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  seconds: number,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!await isSo()) {
    if (performance.now() > end) throw new Error(`${what} is not so after ${seconds} s`);
    await delay(200);
  }
}

/** Whether something answers HTTP at an address. */
export async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).body?.cancel();
    return true;
  } catch {
    // Nobody listens yet, which is what was asked.
    return false;
  }
}

/** A port of this machine that is free now, and so are the few after it. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

/** Where a program is, installed from Debian's packages where it is missing; a reason where it cannot be. */
export async function install(
  programs: readonly string[],
  packages: readonly string[],
): Promise<string | null> {
  if ((await Promise.all(programs.map(isInstalled))).every((found) => found)) return null;
  if (!await isInstalled("apt-get")) {
    return `there is no ${programs[0]}, and no apt-get to get it by`;
  }
  try {
    await run("apt-get", ["update", "-q"]);
    await run("env", [
      ...["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q"],
      ...["--no-install-recommends", ...packages],
    ]);
    return null;
  } catch (error) {
    return `${packages.join(", ")} cannot be installed: ${(error as Error).message.trim()}`;
  }
}

async function isInstalled(program: string): Promise<boolean> {
  const command = new Deno.Command("sh", { args: ["-c", `command -v ${program}`], stdout: "null" });
  return (await command.output()).success;
}
