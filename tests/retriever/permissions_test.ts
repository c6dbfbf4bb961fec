import { assertEquals } from "@std/assert";
import { runProgram } from "../support/run_program.ts";

const ENV = { AWS_ACCESS_KEY_ID: "x", AWS_ENDPOINT_URL: "http://127.0.0.1:1" };

function imported(name: string, file: string): string {
  return `import { ${name} } from "${import.meta.resolve(`../../${file}.ts`)}";\n`;
}

Deno.test("the stores ask for no permission until they read, and name the one that is missing", async () => {
  const program = imported("locateSeries", "retriever/locate_series") +
    imported("readEnvironment", "runtime/read_environment") +
    imported("S3Store", "retriever/s3_store") +
    imported("HttpStore", "retriever/http_store") +
    imported("LocalStore", "retriever/local_store") + `
    const show = (error: Error) => console.log(error.name + ": " + error.message);
    console.log(readEnvironment("AWS_ACCESS_KEY_ID"));
    console.log((await locateSeries("38902e14b11f4548910e771ee757dc82")).address);
    await new S3Store("bucket").get("a").catch(show);
    await new HttpStore("http://127.0.0.1:8080/?token=secret").get("a").catch(show);
    await new LocalStore("/etc").get("hosts").catch(show);
    await locateSeries("/etc").catch(show);
  `;
  assertEquals(await runProgram(program, { env: ENV }), [
    "undefined",
    "s3://idc-open-data/38902e14-b11f-4548-910e-771ee757dc82/",
    "AccessDeniedError: no permission to reach bucket.s3.amazonaws.com; " +
    "run again with --allow-net=bucket.s3.amazonaws.com",
    "AccessDeniedError: no permission to reach 127.0.0.1:8080; " +
    "run again with --allow-net=127.0.0.1:8080",
    "AccessDeniedError: no permission to read /etc/hosts; run again with --allow-read=/etc/hosts",
    "AccessDeniedError: no permission to read /etc; run again with --allow-read=/etc",
  ]);
});

Deno.test("readEnvironment reads the variables that it may", async () => {
  const program = imported("readEnvironment", "runtime/read_environment") + `
    const names = ["AWS_ACCESS_KEY_ID", "AWS_ENDPOINT_URL", "HOME"];
    console.log(names.map(readEnvironment).join());
  `;
  const permissions = ["--allow-env=AWS_ACCESS_KEY_ID"];
  assertEquals(await runProgram(program, { permissions, env: ENV }), ["x,,"]);
});
