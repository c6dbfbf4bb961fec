import { fromFileUrl, join } from "@std/path";
import config from "../../deno.json" with { type: "json" };

const ROOT = fromFileUrl(new URL("../..", import.meta.url));

/** Bundles all exports but the command line for a browser; answers the bundle's path, `bundle/entry.js`. */
export async function bundleCore(folder: string): Promise<string> {
  const core = Object.entries(config.exports).filter(([name]) => name !== "./cli");
  const entry = core.map(([name, file]) => {
    const room = name === "." ? "main" : name.slice(2).replace("-", "_");
    return `export * as ${room} from ${JSON.stringify(join(ROOT, file))};\n`;
  });
  await Deno.writeTextFile(join(folder, "entry.ts"), entry.join(""));
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--platform=browser", "--outdir=bundle"],
      ...[`--config=${join(ROOT, "deno.json")}`, "entry.ts"],
    ],
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return join(folder, "bundle/entry.js");
}
