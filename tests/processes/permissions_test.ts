import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { startRangeServer } from "../support/range_server.ts";
import { runProgram } from "../support/run_program.ts";
import { type ChildResult, cliCommand, endOf } from "./child_process.ts";
import { sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

/** The kinds of access that a set of `deno.json` may name. */
type PermissionSet = Readonly<
  Partial<Record<"read" | "write" | "net" | "env", boolean | readonly string[]>>
>;

const sets: Readonly<Record<string, PermissionSet>> = config.permissions;

/** A set as flags, with other hosts in place of its own. */
function flagsOf(name: string, net?: string): string[] {
  return Object.entries(sets[name]!).flatMap(([kind, allowed]) => {
    if (kind === "net") return net === undefined ? [] : [`--allow-net=${net}`];
    if (allowed === true) return [`--allow-${kind}`];
    return Array.isArray(allowed) ? [`--allow-${kind}=${allowed.join(",")}`] : [];
  });
}

function run(
  words: string,
  permissions: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<ChildResult> {
  return endOf(cliCommand([...words.split(" "), "-w", "60"], { cwd, permissions, env }));
}

Deno.test("demo:ct is drawn and written to standard output with no permission but to read the program", async () => {
  await using folder = await temporaryFolder();
  for (const call of ["mosaic demo:ct - -n 1 --no-cache", "mosaic demo:ct - -n 1"]) {
    const { code, stdout, stderr } = await run(call, [], folder.path);
    assertEquals(code, 0, stderr.join("\n"));
    assertEquals(new TextDecoder().decode(stdout.subarray(8, 12)), "WEBP");
    const warnings = call.endsWith("--no-cache") ? 0 : 1;
    assertEquals(stderr.length, warnings);
    for (const line of stderr) assertMatch(line, /^warning: going on without a cache: /);
  }
});

Deno.test("without the permission to read the program one line says what to allow, and --help needs none", async () => {
  const program = new URL("../../cli.ts", import.meta.url);
  const call = async (...words: string[]) => {
    const args = ["run", "--no-check", "--no-prompt", program.pathname, ...words];
    const env = { NO_COLOR: "1" };
    const { code, stderr } = await new Deno.Command(Deno.execPath(), { args, env }).output();
    return [code, new TextDecoder().decode(stderr)];
  };
  const root = new URL(".", program).pathname.slice(0, -1);
  assertEquals(await call("mosaic", "demo:ct", "-", "--no-cache"), [
    1,
    "error: no permission to read the program's own files; run again with " +
    `--allow-read=${root}\n`,
  ]);
  assertEquals(await call("mosaic", "--help"), [0, ""]);
});

Deno.test("the permissions of each set are enough for what it is named after, cache and all", async () => {
  await using folder = await temporaryFolder();
  await folder.write("ct-chest", sampleSeries(3));
  const objects = sampleSeries(3, { folder: "series/" });
  await using server = startRangeServer({ objects });
  const host = new URL(server.url).host;
  const endpoint = { AWS_ENDPOINT_URL: server.url };
  const calls: readonly (readonly [string, readonly string[], Record<string, string>?])[] = [
    ["demo:ct demo.png", flagsOf("demo")],
    ["demo:ct demo.webp", flagsOf("demo")],
    ["demo:ct demo.jpg", flagsOf("demo")],
    ["./ct-chest local.png", flagsOf("local")],
    [`${server.url}/series/ http.png`, flagsOf("http", host)],
    ["s3://idc-open-data/series/ s3.png", [
      ...flagsOf("s3", host).filter((flag) => !flag.startsWith("--allow-env")),
      "--allow-env=AWS_ENDPOINT_URL",
    ], endpoint],
  ];
  await Promise.all(calls.map(async ([words, permissions, env], i) => {
    const call = `mosaic ${words} -n 2 --cache-dir cache${i}`;
    const { code, stderr } = await run(call, permissions, folder.path, env);
    assertEquals([code, stderr], [0, []], words);
    const [index] = await folder.names(`cache${i}/indices`);
    assertMatch(index!, /_index\.parquet$/);
  }));
});

Deno.test("no set asks for a cache that it may not write: the variable names one, else a line does", async () => {
  await using folder = await temporaryFolder();
  await folder.write("ct-chest", sampleSeries(3));
  for (const set of ["local", "s3", "http"]) {
    const flags = flagsOf(set).filter((flag) => !flag.startsWith("--allow-net"));
    const call = `mosaic ./ct-chest ${set}.png -n 1`;
    const without = await run(call, flags, folder.path);
    assertEquals([without.code, without.stderr.length], [0, 1], without.stderr.join("\n"));
    assertMatch(without.stderr[0]!, /^warning: going on without a cache: .*--cache-dir/);
    const named = { IDC_SERIES_PREVIEW_CACHE_DIR: `cache-of-${set}` };
    const { code, stderr } = await run(call, flags, folder.path, named);
    assertEquals([code, stderr], [0, []]);
    assertEquals((await folder.names(`cache-of-${set}/indices`)).length > 0, true);
  }
});

Deno.test("the sets reach the hosts that they are for, and no others", async () => {
  const hosts = ["idc-open-data.s3.amazonaws.com", "b.s3.eu-west-1.amazonaws.com", "example.org"];
  const program = `for (const host of ${JSON.stringify([...hosts, "storage.googleapis.com"])}) {
    console.log(Deno.permissions.querySync({ name: "net", host }).state);
  }`;
  const answers = async (set: string) => {
    const lines = await runProgram(program, { permissions: [`-P=${set}`] });
    return lines.filter((line) => /^\w+$/.test(line)).join(" ");
  };
  assertEquals(await answers("demo"), "prompt prompt prompt prompt");
  assertEquals(await answers("local"), "prompt prompt prompt prompt");
  assertEquals(await answers("s3"), "granted granted prompt granted");
  assertEquals(await answers("http"), "granted granted granted granted");
});

Deno.test("without the permission for a cache a run goes on, with one warning", async () => {
  await using folder = await temporaryFolder();
  await folder.write("ct-chest", sampleSeries(3));
  await Deno.mkdir(folder.join("out"));
  const permissions = [
    "--allow-read=.",
    "--allow-write=out",
    "--allow-env=IDC_SERIES_PREVIEW_CACHE_DIR",
  ];
  const env = { IDC_SERIES_PREVIEW_CACHE_DIR: folder.join("cache") };
  const call = "mosaic ct-chest out/a.png";
  const { code, stderr } = await run(call, permissions, folder.path, env);
  assertEquals([code, stderr.length], [0, 1], stderr.join("\n"));
  assertMatch(stderr[0]!, /^warning: .*cache.*--allow-write/);
  assertEquals(await folder.names("out"), ["a.png"]);
});

Deno.test("without a permission to the network the error names the flag that gives it", async () => {
  await using folder = await temporaryFolder();
  const permissions = flagsOf("demo");
  // What may not be read counts as absent: the bucket is looked for where it is by default.
  const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  for (
    const [series, host] of [
      ["s3://bucket/series/", "bucket.s3.amazonaws.com"],
      ["https://example.org/series/", "example.org"],
      ["gs://bucket/series/", "storage.googleapis.com"],
    ]
  ) {
    const call = `mosaic ${series} out.png --no-cache`;
    const { code, stderr } = await run(call, permissions, folder.path, env);
    assertEquals([code, stderr.length], [1, 1], stderr.join("\n"));
    assertStringIncludes(stderr[0]!, `run again with --allow-net=${host}`);
  }
});
