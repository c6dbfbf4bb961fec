import { assertEquals, assertGreater, assertMatch, assertStringIncludes } from "@std/assert";
import { sampleSeries } from "../cli/sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "../cli/temporary_folder.ts";
import { startRangeServer } from "../support/range_server.ts";

const readme = new URL("../../README.md", import.meta.url);
const clone = new URL("../../", import.meta.url).pathname.replace(/\/$/, "");
const COUNT = 3;

/** The commands that README gives for data that nobody vouches for: from the web, and local. */
async function commands(): Promise<{ web: string; local: string }> {
  const section = (await Deno.readTextFile(readme)).split("\n## Untrusted data\n")[1]!;
  const [, code] = /```sh\n([^`]*)```/.exec(section)!;
  const [web, local, ...more] = code!.trim().split("\n");
  assertEquals(more, []);
  return { web: web!, local: local! };
}

/** Runs a command of README in a folder, words replaced; answers its status and lines. */
async function runCommand(
  command: string,
  folder: TemporaryFolder,
  replacements: Readonly<Record<string, string>>,
): Promise<{ code: number; lines: string[]; written: string[] }> {
  await Deno.mkdir(folder.join("out"), { recursive: true });
  // The folder of the test is not the clone, and is all that is beside what the line names.
  const program = { "--allow-read=.,": `--allow-read=${clone},`, "cli.ts": `${clone}/cli.ts` };
  assertStringIncludes(command, "--allow-read=.,");
  const changed = Object.entries({ ...replacements, ...program })
    .reduce((text, [from, to]) => text.replaceAll(from, to), command);
  const [deno, ...args] = changed.split(" ");
  assertEquals(deno, "deno");
  const child = new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder.path,
    env: { NO_COLOR: "1" },
  });
  const { code, stderr } = await child.output();
  const text = new TextDecoder().decode(stderr).trim();
  return { code, lines: text === "" ? [] : text.split("\n"), written: await folder.names("out") };
}

/** What makes the address of README that of the server, which is denied all the same. */
function at(server: { url: string }): Record<string, string> {
  const host = server.url.slice("http://".length);
  return { "https://example.org/series/42/": `${server.url}/series/`, "example.org": host };
}

/** Lets a server on this machine be reached, which README's line denies. */
const onThisMachine = { "127.0.0.0/8,": "" };

Deno.test("README's line for an untrusted web folder draws it", async () => {
  const { web } = await commands();
  await using server = startRangeServer({ objects: sampleSeries(COUNT, { folder: "series/" }) });
  await using folder = await temporaryFolder();
  const { code, lines, written } = await runCommand(web, folder, {
    ...at(server),
    ...onThisMachine,
  });
  assertEquals([code, lines, written], [0, [], ["mosaic.webp"]]);
});

Deno.test("README's line for an untrusted web folder reaches no private address, by its name neither", async () => {
  const { web } = await commands();
  await using server = startRangeServer({ objects: sampleSeries(COUNT, { folder: "series/" }) });
  await using folder = await temporaryFolder();
  const named = { url: server.url.replace("127.0.0.1", "localhost") };
  for (const place of [server, named]) {
    const { code, lines, written } = await runCommand(web, folder, at(place));
    assertEquals([code, written, lines.length], [1, [], 1], lines.join("\n"));
    assertMatch(
      lines[0]!,
      /^error: .*no permission to reach 127\.0\.0\.1:\d+.*; --deny-net forbids it$/,
    );
  }
  assertEquals(server.log.length, 0);
});

Deno.test("README's line for an untrusted web folder follows no redirect to another host", async () => {
  const { web } = await commands();
  await using other = startRangeServer({ objects: sampleSeries(COUNT, { folder: "series/" }) });
  await using server = startRangeServer({ objects: new Map() });
  server.misbehave({ status: 302, headers: { location: `${other.url}/series/` } });
  await using folder = await temporaryFolder();
  const { code, lines, written } = await runCommand(web, folder, {
    ...at(server),
    ...onThisMachine,
  });
  assertEquals([code, written, lines.length], [1, [], 1], lines.join("\n"));
  assertMatch(lines[0]!, /no permission to reach 127\.0\.0\.1:\d+/);
  assertGreater(server.log.length, 0);
  assertEquals(other.log.length, 0);
});

Deno.test("README's line for an untrusted local folder draws it, and names links that lead out", async () => {
  const { local } = await commands();
  await using folder = await temporaryFolder();
  await folder.write("series", sampleSeries(COUNT));
  const whole = await runCommand(local, folder, {});
  assertEquals([whole.code, whole.lines, whole.written], [0, [], ["mosaic.webp"]]);

  await folder.write("secret", sampleSeries(1));
  await Deno.symlink("../secret/0001.dcm", folder.join("series/9.dcm"));
  await Deno.symlink("/etc", folder.join("series/etc.dcm"));
  const { code, lines } = await runCommand(local, folder, {});
  assertEquals([code, lines.length], [3, 2], lines.join("\n"));
  for (const [name, line] of [["9.dcm", lines[0]!], ["etc.dcm", lines[1]!]] as const) {
    assertEquals(line.includes(`/series/${name}: `), true, line);
    assertMatch(line, /leads out of|no permission to read/);
  }
});
