import { join } from "@std/path";

/**
 * Puts a program called ffmpeg into a folder.
 *
 * @param script What it does, in the language of sh: `$file` is the file it is to write.
 * @returns The environment that finds it, and no other.
 */
export async function fakeFfmpeg(
  folder: string,
  script: string,
  mode: number = 0o755,
): Promise<{ readonly path: string; readonly env: (name: string) => string | undefined }> {
  const path = join(folder, "ffmpeg");
  const program = `#!/bin/sh\nPATH=/usr/bin:/bin\nfor file; do :; done\n${script}\n`;
  await Deno.writeTextFile(path, program, { mode });
  return { path, env: (name) => name === "PATH" ? folder : undefined };
}
