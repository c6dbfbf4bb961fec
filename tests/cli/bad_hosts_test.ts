import { assertEquals, assertLess, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { type CliResult, runCli } from "./run_cli.ts";
import { sampleName, sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const COUNT = 200;

/** Too short a deadline for a second try. */
const onlyOneTry = ["--timeout", "0.1"];
/** A reply after which there is no second try within any deadline. */
const busy = { status: 503, headers: { "retry-after": "3600" } };

/** The address of a port that nobody listens at. */
async function closedAddress(): Promise<string> {
  const server = startRangeServer({ objects: new Map() });
  await server[Symbol.asyncDispose]();
  return server.url;
}

Deno.test("a host that cannot be reached is refused by its name", async () => {
  await using folder = await temporaryFolder();
  const url = await closedAddress();
  const host = url.slice("http://".length);
  const env = (name: string) => name === "AWS_ENDPOINT_URL" ? url : undefined;
  const uuid = "38902e14-b11f-4548-910e-771ee757dc82";
  for (const series of [`${url}/series/`, `${url}/series`, "s3://bucket/series/", uuid, "38*"]) {
    const call = ["mosaic", series, folder.join("out.png"), "--no-cache", ...onlyOneTry];
    await assertRefused(folder, call, {
      status: 1,
      says: `cannot reach ${host}: connection refused; check the address or the network`,
    }, { env });
  }
});

Deno.test("a host that fails at everything is given up after a few requests", async () => {
  await using folder = await temporaryFolder();
  await using server = startRangeServer({ objects: sampleSeries(COUNT, { folder: "series/" }) });
  server.misbehave(busy);
  for (const series of [`${server.url}/series/`, "s3://idc-open-data/series/"]) {
    server.log.length = 0;
    const call = ["mosaic", series, folder.join("out.png"), "--no-cache"];
    await assertRefused(folder, call, { status: 1, says: "answered 503" }, { env: server.env });
    assertEquals(server.log.length, 1);
  }
});

Deno.test("a host that fails at every instance is given up, the rest not tried but named", async () => {
  await using folder = await temporaryFolder();
  await using cache = await temporaryFolder();
  await using server = startRangeServer({ objects: sampleSeries(COUNT, { folder: "series/" }) });
  const address = "s3://idc-open-data/series/";
  const options = { env: server.env };
  const call = ["mosaic", address, folder.join("out.png"), "--cache-dir", cache.path];
  const fail = { ...busy, when: ({ key }: { key: string | null }) => key !== null };
  server.misbehave(fail);
  const line = `the host of ${address} keeps failing`;
  const words = [...call, "--concurrency", "4", "-n", `${COUNT}`];
  await assertRefused(folder, words, { status: 1, says: line }, options);
  assertLessOrEqual(server.log.length, 20);

  // The same while the slices are read, when the headers are known.
  server.behave();
  assertEquals((await runCli([...call, "-w", "60", "--quiet"], options)).status, 0);
  await Deno.remove(folder.join("out.png"));
  server.misbehave(fail);
  server.log.length = 0;
  await assertRefused(folder, words, { status: 1, says: line }, options);
  assertLessOrEqual(server.log.length, 20);

  const { status, json } = await runCli([...words, "--json"], options);
  assertEquals(status, 1);
  const { error, failed } = json();
  assertStringIncludes(error!, line);
  assertEquals(
    failed.map(({ url }) => url).toSorted(),
    Array.from({ length: COUNT }, (_, number) => address + sampleName(number)),
  );
  const untried = failed.filter((each) => each.error.startsWith("not tried: "));
  assertStringIncludes(error!, `${untried.length} of ${COUNT} slices were not tried`);
  assertLess(COUNT - untried.length, 20);
});

Deno.test("a host that keeps us waiting is given up at the deadline", async () => {
  await using folder = await temporaryFolder();
  await using server = startRangeServer({ objects: sampleSeries(2, { folder: "series/" }) });
  server.misbehave({ stallAt: 10, when: ({ key }) => key !== null });
  const call = ["mosaic", "s3://idc-open-data/series/", folder.join("out.png"), "--no-cache"];
  await assertRefused(folder, [...call, "--timeout", "0.5"], {
    status: 1,
    says: /none of the 2 instances .* within 0\.5 s/,
  }, { env: server.env });
});

Deno.test("what the host refuses is no reason to try again", async () => {
  await using folder = await temporaryFolder();
  await using server = startRangeServer({ objects: sampleSeries(3, { folder: "series/" }) });
  for (const [status, says] of [[403, "no access to"], [404, "nothing at"]] as const) {
    for (const series of [`${server.url}/series/`, "s3://idc-open-data/series/"]) {
      const call = ["mosaic", series, folder.join("out.png"), "--no-cache"];
      server.behave();
      server.misbehave({ status });
      server.log.length = 0;
      const options = { env: server.env };
      await assertRefused(
        folder,
        call,
        { status: 1, says: `${says} ${series} (${status})` },
        options,
      );
      // A web folder may be there by its index.json.
      assertLessOrEqual(server.log.length, 2);
      server.behave();
      server.misbehave({ status, when: ({ key }) => key !== null });
      server.log.length = 0;
      await assertRefused(folder, call, {
        status: 1,
        says: `none of the 3 instances in ${series} could be read; the first: ${says} ${series}`,
      }, options);
      assertLessOrEqual(server.log.length, 4);
    }
  }
});

Deno.test("a folder without a listing is refused with what its server should do", async () => {
  await using folder = await temporaryFolder();
  const page = new TextEncoder().encode("A page of words.");
  await using server = startRangeServer({ objects: new Map([["series/0001.dcm", page]]) });
  const call = ["mosaic", `${server.url}/series/`, folder.join("out.png"), "--no-cache"];
  server.misbehave({ status: 200, body: "just words", when: ({ key }) => key === null });
  await assertRefused(folder, call, {
    status: 1,
    says: "lists no files; have its server list them",
  });
});

Deno.test("name, password and query of an address are in no message", async () => {
  await using folder = await temporaryFolder();
  await using server = startRangeServer({ objects: sampleSeries(3, { folder: "series/" }) });
  const host = server.url.slice("http://".length);
  const closed = (await closedAddress()).slice("http://".length);
  const run = (at: string, words: readonly string[] = []) => {
    const call = ["mosaic", `http://ada:hunter2@${at}/series/?token=hush`, folder.join("out.png")];
    return runCli([...call, "--no-cache", "-v", "--json", ...words]);
  };
  const drawn = await run(host);
  server.misbehave({ status: 403, when: ({ key }) => key !== null });
  const results = [drawn, await run(host), await run(closed, onlyOneTry), await run("%zz")];
  assertEquals(results.map(({ status }) => status), [0, 1, 1, 2]);
  results.forEach(assertTellsNone);
});

function assertTellsNone({ stdout, stderr }: Pick<CliResult, "stdout" | "stderr">): void {
  const said = new TextDecoder().decode(stdout) + stderr.join("\n");
  assertEquals(/hunter2|hush|ada/.exec(said)?.[0], undefined, said);
}

Deno.test("name, password and query are in no message about an address in the wrong place", async () => {
  const address = "http://ada:hunter2@example.org/series/?token=hush";
  const shown = "http://example.org/series/";
  for (
    const [words, says] of [
      [[address], `there is no command ${shown}; a series comes after`],
      [["mosaic", "in", "out.png", address], `mosaic does not take '${shown}'; usage`],
      [["mosaic", "in", "out.png", "-n", address], `takes a whole number, not '${shown}'`],
      [["mosaic", "in", "out.png", "-c", address], shown],
      [["mosaic", "in", address], shown],
      [["headers", "in", "--format", `json:${address}`], shown],
      [["completions", address], shown],
      [["mosaic", "ftp://ada:hunter2@example.org/", "out.png"], "'ftp:' addresses"],
      [["mosaic", "s3://ada:hunter2@bucket/a/", "out.png"], "takes no name or password; write s3:"],
      [["mosaic", "http://ada:hunter2@[/", "out.png"], "that is no http:// or https:// address"],
      [["mosaic", "*", "out.png", "--root", "http://ada:hunter2@[/"], "that is no http:// or"],
    ] as const
  ) {
    const { status, stderr, stdout } = await runCli([...words, "--no-cache", "-v"]);
    assertEquals(status, 2, stderr.join("\n"));
    assertStringIncludes(stderr.join("\n"), says);
    assertTellsNone({ stdout, stderr });
  }
});
