import { main } from "../../cli/main.ts";
import { readShellCalls, wordsOfTool } from "../support/shell_calls.ts";

/** Runs the calls in the README that write a picture below docs/, from the root of the repository. */
const root = new URL("../../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));
Deno.chdir(root);
for (const [, script] of readme.matchAll(/^```sh\n([^]*?)^```$/gm)) {
  for (const call of readShellCalls(script!)) {
    const words = wordsOfTool(call);
    if (!words?.some((word) => word.startsWith("docs/"))) continue;
    const status = await main([...words, "--no-cache"]);
    if (status !== 0) Deno.exit(status);
  }
}
