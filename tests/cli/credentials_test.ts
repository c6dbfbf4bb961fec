import { assertEquals, assertStringIncludes } from "@std/assert";
import { runCli } from "./run_cli.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** A secret key of S3 may hold slashes. */
const addresses = [
  "s3://AKIA1:hunter2@bucket/series/",
  "s3://AKIA1:hunt/er2@bucket/series/",
  "s3://AKIA1:hunt/er2+a/b@bucket/ser*",
  "S3://AKIA1@bucket",
];

for (const address of addresses) {
  Deno.test(`credentials in ${address} are refused, told where they belong, and not repeated`, async () => {
    await using folder = await temporaryFolder();
    const calls = [
      ["mosaic", address, folder.join("a.png")],
      ["list", address],
      ["build-index", address],
      ["build-index", "--all", "--root", address.replace("*", "")],
      ["clear-index", address.replace("*", "")],
    ];
    for (const call of calls) {
      const words = [...call, "--json", "-v", "--cache-dir", folder.join("cache")];
      const { status, stdout, stderr } = await runCli(words);
      const said = new TextDecoder().decode(stdout) + stderr.join("\n");
      assertEquals(status === 0, false, call.join(" "));
      assertStringIncludes(said, "takes no name or password; write s3://bucket/…");
      assertStringIncludes(said, "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
      assertEquals(/AKIA1|hunt|er2/.exec(said)?.[0], undefined, said);
    }
  });
}

Deno.test("a public bucket of Google's takes no credentials either", async () => {
  const { status, stderr } = await runCli(["list", "gs://me:hunter2@bucket/a/", "--no-cache"]);
  assertEquals([status, stderr], [2, [
    "error: an address takes no name or password; write gs://bucket/…, which must be a public bucket",
  ]]);
});

Deno.test("an @ in a key is one of the key's own", async () => {
  const fetch = () => Promise.resolve(new Response(null, { status: 404 }));
  const call = ["list", "s3://bucket/user@example/1.dcm", "--no-cache"];
  const { status, stderr } = await runCli(call, { fetch });
  assertEquals(status, 1);
  assertStringIncludes(stderr.join(), "s3://bucket/user@example/1.dcm");
});
