import { delay } from "../../runtime/delay.ts";

/** A page that is open in a Chromium; closed when it is disposed of. */
export interface OpenPage extends AsyncDisposable {
  /** Rejects when Chromium ends by itself. */
  readonly ended: Promise<never>;
}

/** Opens a page in a Chromium that has no window and a profile of its own. */
export async function openInChromium(chromium: string, address: string): Promise<OpenPage> {
  const profile = await Deno.makeTempDir();
  const child = new Deno.Command(chromium, {
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--mute-audio"],
      ...["--autoplay-policy=no-user-gesture-required", `--user-data-dir=${profile}`, address],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const ended = child.status.then(({ code }) => {
    throw new Error(`${chromium} ended with status ${code} before it told anything`);
  });
  // Closing the page ends it, too.
  ended.catch(() => {});
  return {
    ended,
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.status;
      await removeWhenLeft(profile);
    },
  };
}

/** Removes a profile as soon as the processes that Chromium has started leave it, too. */
async function removeWhenLeft(profile: string): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return await Deno.remove(profile, { recursive: true });
    } catch (error) {
      if (tries === 50) throw error;
      await delay(100);
    }
  }
}
