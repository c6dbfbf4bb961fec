import { assert, assertEquals } from "@std/assert";
import { playSession } from "./terminal_session.ts";

/** How the sessions of a folder are tested. */
export interface TestSessionsOptions {
  /** Puts the files that a session speaks of into the folder that it is in. */
  readonly prepare?: (home: string, session: string) => Promise<void>;
  /** Registers a test. */
  readonly test?: (name: string, body: () => Promise<void>) => void;
}

/** Registers a test for each text file of a folder: typed again, a terminal shows what it keeps. */
export function testSessions(
  folder: URL,
  { prepare, test = (name, body) => Deno.test(name, body) }: TestSessionsOptions = {},
): void {
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  assert(names.length > 0);
  for (const name of names) {
    test(`${name}: a terminal of 80×24 shows what is kept of it`, async () => {
      const file = new URL(name, folder);
      const kept = await Deno.readTextFile(file);
      const shown = await playSession(kept, async (home) => await prepare?.(home, kept));
      if (shown === null) {
        const line = `skipped, no pseudo-terminal, which takes script of util-linux: ${name}\n`;
        await Deno.stdout.write(new TextEncoder().encode(line));
        return;
      }
      if (Deno.args.includes("--update")) await Deno.writeTextFile(file, shown);
      else assertEquals(shown, kept, "write it anew with `deno task update`");
    });
  }
}
