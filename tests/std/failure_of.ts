import { AssertionError } from "@std/assert";

/** What a failed assertion says, without colors. Written without the assertions under test. */
export function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AssertionError) return plain(error.message);
    throw error;
  }
  throw new Error("the assertion held");
}

/** What a failed asynchronous assertion says, without colors. */
export async function rejectionOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof AssertionError) return plain(error.message);
    throw error;
  }
  throw new Error("the assertion held");
}

function plain(message: string): string {
  // deno-lint-ignore no-control-regex
  return message.replace(/\u001b\[\d+m/g, "");
}

/** The bluntest of checks, for an assertion cannot vouch for itself. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
