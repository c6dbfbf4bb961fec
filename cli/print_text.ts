import type { CliEnvironment } from "./environment.ts";
import { ExitStatus } from "./exit_status.ts";

/** Prints a text to standard output as the answer to a call, and answers the exit status. */
export async function printText(text: string, environment: CliEnvironment): Promise<number> {
  try {
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
    return ExitStatus.done;
  } catch (error) {
    const { Console } = await import("./console.ts");
    new Console(environment).error(error);
    return ExitStatus.refused;
  }
}
