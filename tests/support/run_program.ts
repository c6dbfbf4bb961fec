/** How a program is run. */
export interface RunProgramOptions {
  /** Permissions, as in `--allow-read`; none by default. */
  permissions?: readonly string[];
  cwd?: string;
  env?: Record<string, string>;
}

/** Runs the text of a program in a process of its own, and answers the lines that it writes. */
export async function runProgram(
  program: string,
  { permissions = [], cwd, env = {} }: RunProgramOptions = {},
): Promise<string[]> {
  const config = new URL("../../deno.json", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--quiet", `--config=${config}`, ...permissions, "--ext=ts", "-"],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
    env: { ...env, NO_COLOR: "1" },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const child = command.spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(program));
  await writer.close();
  const { stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return (decoder.decode(stdout) + decoder.decode(stderr)).trim().split("\n");
}
