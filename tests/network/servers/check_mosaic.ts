import { assertEquals } from "@std/assert";
import { runCli, type RunCliOptions } from "../../cli/run_cli.ts";
import { temporaryFolder } from "../../cli/temporary_folder.ts";

/**
 * Makes sure that a series is drawn as the same one in a local folder, from its headers and from its
 * index, then in as many requests as are allowed: one a slice by default.
 */
export async function checkMosaic(
  series: string,
  local: string,
  options: RunCliOptions & { readonly requests?: number } = {},
): Promise<void> {
  await using folder = await temporaryFolder();
  const draw = async (address: string, cache: readonly string[]) => {
    const output = folder.join("out.png");
    const call = ["mosaic", address, output, "-w", "72", "--json", ...cache];
    const { status, stderr, json } = await runCli(call, options);
    assertEquals([status, stderr], [0, []]);
    return { picture: await Deno.readFile(output), stats: json().stats };
  };
  const expected = await draw(local, ["--no-cache"]);
  for (const kept of ["miss", "hit"]) {
    const { picture, stats } = await draw(series, ["--cache-dir", folder.join("cache")]);
    assertEquals(picture, expected.picture);
    assertEquals([stats.cache, stats.retries], [kept, 0]);
    if (kept === "hit") assertEquals(stats.requests, options.requests ?? 9);
  }
}
