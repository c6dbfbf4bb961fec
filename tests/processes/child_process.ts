import { fromFileUrl } from "@std/path";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));
const ROOT = fromFileUrl(new URL("../..", import.meta.url));
const CONFIG = fromFileUrl(new URL("../../deno.json", import.meta.url));

/** How a child process is started. */
export interface ChildOptions {
  readonly cwd?: string;
  /** What it may do; everything by default. */
  readonly permissions?: readonly string[];
  readonly env?: Record<string, string>;
  /** The program that starts it, and its words; none by default. */
  readonly launcher?: readonly string[];
}

/**
 * The tool as a program of its own, that asks nobody for a permission. It may read its own files, as
 * it may wherever it is installed from.
 */
export function cliCommand(
  words: readonly string[],
  { cwd, permissions = ["-A"], env, launcher = [] }: ChildOptions = {},
): Deno.Command {
  const mayReadAll = permissions.includes("-A") || permissions.includes("--allow-read");
  const own = mayReadAll ? [] : [`--allow-read=${ROOT}`];
  const flags = ["--no-check", "--no-prompt", `--config=${CONFIG}`, ...own, ...permissions];
  const [program, ...args] = [...launcher, Deno.execPath(), "run", ...flags, CLI, ...words];
  return new Deno.Command(program!, {
    args,
    ...(cwd === undefined ? {} : { cwd }),
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

/** What a child process left behind. */
export interface ChildResult {
  readonly code: number;
  readonly stdout: Uint8Array<ArrayBuffer>;
  /** Lines of standard error. */
  readonly stderr: readonly string[];
}

/** Waits for the end of the tool. */
export async function endOf(child: Deno.Command | Deno.ChildProcess): Promise<ChildResult> {
  const { code, stdout, stderr } = await child.output();
  const lines = new TextDecoder().decode(stderr).split("\n").filter((line) => line !== "");
  return { code, stdout, stderr: lines };
}
