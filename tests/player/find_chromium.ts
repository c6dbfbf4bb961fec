import { findProgram } from "../../cli/find_program.ts";

/** The Chromium that `CHROMIUM` names, or that is on `PATH`; null without one. */
export async function findChromium(): Promise<string | null> {
  const env = (name: string) => Deno.env.get(name);
  return env("CHROMIUM") ?? await findProgram("chromium", env) ??
    await findProgram("google-chrome", env);
}
