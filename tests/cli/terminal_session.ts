import { fromFileUrl, join } from "@std/path";
import { Screen } from "./screen.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** The words that start the tool, as a shell reads them. */
const program = [
  Deno.execPath(),
  "run --quiet --no-check -A",
  `--config=${fromFileUrl(new URL("../../deno.json", import.meta.url))}`,
  fromFileUrl(new URL("../../cli.ts", import.meta.url)),
].join(" ");

const columns = 80;
const rows = 24;

/** What stands for the folder that a session is in, which has a name as long as that. */
const home = "/home/robin/scans";

/** What starts a line that was typed. */
const prompt = "$ ";

/**
 * Types the lines of a session again, those that start with `$ `, in a shell on a pseudo-terminal of
 * 80×24.
 *
 * @param session The text of an earlier one.
 * @param prepare Puts files into the folder that the shell is in.
 * @returns What the terminal shows of it, with the status of calls that fail in brackets; null where
 * there is no pseudo-terminal to be had.
 */
export async function playSession(
  session: string,
  prepare: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<string | null> {
  if (!await hasPseudoTerminals()) return null;
  await using folder = await temporaryHome();
  await using tools = await temporaryFolder();
  await prepare(folder.path);
  const entries = await Array.fromAsync(Deno.readDir(folder.path));

  const tool = join(tools.path, "series-preview");
  await Deno.writeTextFile(tool, `#!/bin/sh\nexec ${program} "$@"\n`, { mode: 0o755 });
  const script = join(tools.path, "session.sh");
  await Deno.writeTextFile(script, scriptOf(session));
  const { stdout } = await new Deno.Command("script", {
    args: ["-qec", `sh ${script}`, "/dev/null"],
    cwd: folder.path,
    env: {
      PATH: `${tools.path}:${Deno.env.get("PATH")}`,
      IDC_SERIES_PREVIEW_CACHE_DIR: join(folder.path, "cache"),
      NO_COLOR: "1",
    },
    stdin: "null",
    stderr: "inherit",
  }).output();

  let text = new TextDecoder().decode(stdout).replaceAll(folder.path, home);
  // The names of indices tell the folder by a hash.
  for (const { name } of entries) {
    text = text.replaceAll(
      new RegExp(`\\b${name}-[0-9a-f]{12}(?![0-9a-f])`, "g"),
      `${name}-0123456789ab`,
    );
  }
  const screen = new Screen(columns);
  screen.write(text);
  return `${screen.lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** A shell script that types the lines of a session. */
function scriptOf(session: string): string {
  const typed = session.split("\n").filter((line) => line.startsWith(prompt));
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `stty cols ${columns} rows ${rows}`,
    ...typed.flatMap((line) => [
      `printf '%s\\n' ${quote(line)}`,
      line.slice(prompt.length),
      's=$?; [ "$s" -eq 0 ] || echo "[$s]"',
    ]),
    "",
  ].join("\n");
}

/** A folder whose path is as long as {@linkcode home}, for lines break by their lengths. */
async function temporaryHome(): Promise<AsyncDisposable & { path: string }> {
  const random = crypto.randomUUID().replaceAll("-", "");
  const path = `/tmp/${random}`.slice(0, home.length);
  await Deno.mkdir(path);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** Whether there is the program of util-linux that makes them; others of its name take other words. */
async function hasPseudoTerminals(): Promise<boolean> {
  try {
    const { stdout } = await new Deno.Command("script", { args: ["--version"] }).output();
    return new TextDecoder().decode(stdout).includes("util-linux");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
