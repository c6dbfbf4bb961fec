import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { type ChildOptions, type ChildResult, cliCommand, endOf } from "./child_process.ts";
import { runCli } from "../cli/run_cli.ts";
import { sampleName, sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

/** Runs the tool as a program of its own. */
function run(words: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return endOf(cliCommand(words, options));
}

Deno.test("the program ends with the status of what became of the call", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in", sampleSeries(3));
  const cut = new Map([...sampleSeries(3), [sampleName(0), new Uint8Array(0)]]);
  await folder.write("cut", cut);
  const small = ["out.png", "-w", "60", "--no-cache"];
  const cwd = folder.path;
  const [done, refused, usage, partial] = await Promise.all([
    run(["mosaic", "in", ...small], { cwd }),
    run(["mosaic", "missing", ...small], { cwd }),
    run(["mosaic", "in", ...small, "-n", "0"], { cwd }),
    run(["mosaic", "./cut/../cut/", "cut.jpg", ...small.slice(1)], { cwd }),
  ]);
  assertEquals([done.code, done.stderr], [0, []]);
  assertEquals([refused.code, refused.stderr.length], [1, 1]);
  assertEquals([usage.code, usage.stderr.length], [2, 1]);
  assertEquals([partial.code, partial.stderr.length], [3, 1]);
  assertMatch(partial.stderr[0]!, /^failed: file:.*\/cut\/0001\.dcm: /);
  for (const { stdout } of [done, refused, usage, partial]) assertEquals(stdout.length, 0);
  assertEquals(await folder.names(), ["cut", "cut.jpg", "in", "out.png"]);
});

Deno.test("standard output gets the picture's bytes or the JSON, and nothing else", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  const call = ["mosaic", series, "-", "-w", "60", "--no-cache"];
  const [picture, json] = await Promise.all([
    run([...call, "-v"]),
    run(["mosaic", series, folder.join("out.webp"), "-w", "60", "--no-cache", "--json"]),
  ]);
  assertEquals([picture.code, json.code, picture.stderr.length], [0, 0, 1]);
  assertEquals(picture.stdout, (await runCli(call)).stdout);
  assertEquals(picture.stdout, await Deno.readFile(folder.join("out.webp")));
  assertEquals(JSON.parse(new TextDecoder().decode(json.stdout)).width, 60);
});

Deno.test("a reader that leaves early is no failure, of either stream", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in", sampleSeries(3));
  await Deno.writeTextFile(folder.join("in", "notes.txt"), "so that something is said");
  const words = ["mosaic", "in", "-", "--no-cache"];
  await using child = cliCommand([...words, "-w", "2000"], { cwd: folder.path }).spawn();
  await child.stdout.cancel();
  const said = await new Response(child.stderr).text();
  assertEquals(said, "note: 1 skipped: notes.txt (not DICOM)\n");
  assertEquals((await child.status).code, 0);

  await using table = cliCommand(["headers", "in", "--no-cache"], { cwd: folder.path }).spawn();
  await table.stdout.cancel();
  assertEquals((await table.status).code, 0);
  assertEquals(await new Response(table.stderr).text(), said);

  await using deaf = cliCommand(words, { cwd: folder.path }).spawn();
  await deaf.stderr.cancel();
  const picture = new Uint8Array(await new Response(deaf.stdout).arrayBuffer());
  assertGreater(picture.length, 100);
  assertEquals((await deaf.status).code, 0);
});

Deno.test("a permission that is missing is named with the flag that gives it", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2));
  const output = folder.join("out.png");
  const [help, write, read, net] = await Promise.all([
    run(["mosaic", "--help"], { permissions: [] }),
    run(["mosaic", series, output, "--no-cache"], { permissions: ["--allow-read"] }),
    run(["mosaic", series, "-", "--no-cache"], { permissions: ["--allow-write"] }),
    run(["mosaic", "s3://bucket/series/", "-", "--no-cache"], { permissions: ["--allow-read"] }),
  ]);
  assertEquals([help.code, help.stderr], [0, []]);
  for (const [result, flag] of [[write, "write"], [read, "read"], [net, "net"]] as const) {
    assertEquals([result.code, result.stderr.length], [1, 1], result.stderr.join("\n"));
    assertStringIncludes(result.stderr[0]!, `--allow-${flag}`);
  }
  assertEquals(await folder.names(), ["in"]);
});

Deno.test("programs that want the same index at once all get it", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in", sampleSeries(8));
  const results = await Promise.all([1, 2].map((number) => {
    const call = ["mosaic", "in", `${number}.png`, "-w", "60", "--json", "--cache-dir", "cache"];
    return run(call, { cwd: folder.path });
  }));
  const caches = results.map(({ code, stdout, stderr }) => {
    assertEquals(code, 0, stderr.join("\n"));
    for (const line of stderr) assertStringIncludes(line, "another program builds the index");
    return JSON.parse(new TextDecoder().decode(stdout)).stats.cache as string;
  });
  assertEquals(caches.filter((cache) => cache === "miss").length, 1);
  const [name, ...others] = await folder.names("cache/indices");
  assert(name!.endsWith("_index.parquet"));
  assertEquals(others, []);
});
