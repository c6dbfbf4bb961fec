/**
 * Reads from radosgw, the S3 server of Ceph, signed and anonymously: `deno task test:servers`.
 * Installs it where it is missing, and starts a cluster of its own in memory: one monitor, one OSD,
 * one gateway.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a job whose skips are told
import { join } from "@std/path";
import { assertRejects, assertStringIncludes } from "@std/assert";
import { AccessDeniedError, NotFoundError } from "../../../errors.ts";
import { S3Store } from "../../../retriever/s3_store.ts";
import { temporaryFolder } from "../../cli/temporary_folder.ts";
import { checkMosaic } from "./check_mosaic.ts";
import { checkStore } from "./check_store.ts";
import { fillBucket } from "./fill_bucket.ts";
import { answers, freePort, install, Program, run, until } from "./programs.ts";
import { sampleFolder } from "./sample_folder.ts";

const credentials = { accessKeyId: "SERIESPREVIEW", secretAccessKey: "hunter2hunter2" };

Deno.test("radosgw", async (t) => {
  const reason = await install(
    ["radosgw", "ceph-mon", "ceph-osd", "radosgw-admin", "ceph"],
    ["radosgw", "ceph-mon", "ceph-osd", "ceph-common"],
  );
  if (reason !== null) return console.log(`skipped: ${reason}`);
  await using folder = await temporaryFolder();
  await using cluster = new AsyncDisposableStack();
  const endpoint = await startCluster(folder.path, cluster);
  const objects = sampleFolder();
  const local = await folder.write("local", objects);
  for (const [bucket, acl] of [["closed", "private"], ["open", "public-read"]] as const) {
    await fillBucket(endpoint, bucket, objects, { credentials, acl });
  }
  const series = join(local, "series");
  const signed = (name: string) =>
    ({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    })[name];
  const anonymous = (name: string) => name === "AWS_ENDPOINT_URL" ? endpoint : undefined;

  await t.step("signed", async () => {
    await checkStore(new S3Store("closed", { endpoint, credentials }), objects);
    await checkMosaic("s3://closed/series/", series, { env: signed });
  });

  await t.step("anonymously", async () => {
    await checkStore(new S3Store("open", { endpoint, credentials: null }), objects);
    await checkMosaic("s3://open/series/", series, { env: anonymous });
  });

  await t.step(
    "refused without credentials, with wrong ones, and where there is no bucket",
    async () => {
      const wrong = { ...credentials, secretAccessKey: "wrong" };
      for (const given of [null, wrong]) {
        const store = new S3Store("closed", { endpoint, credentials: given });
        const read = () => store.getRange("odd/one", { offset: 0, length: 1 });
        await assertRejects(read, AccessDeniedError, given === null ? "AccessDenied" : "Signature");
        await assertRejects(() => Array.fromAsync(store.list("")), AccessDeniedError);
      }
      const store = new S3Store("missing", { endpoint, credentials });
      const error = await assertRejects(() => Array.fromAsync(store.list("")), NotFoundError);
      assertStringIncludes(error.message, "404 NoSuchBucket");
    },
  );
});

/** Starts Ceph in a folder; answers the gateway's address. */
async function startCluster(folder: string, cluster: AsyncDisposableStack): Promise<string> {
  const port = freePort();
  const id = crypto.randomUUID();
  const conf = join(folder, "ceph.conf");
  const at = (name: string) => join(folder, name);
  const addresses = `[v2:127.0.0.1:${freePort()},v1:127.0.0.1:${freePort()}]`;
  await Deno.writeTextFile(conf, configuration(folder, { port, id, addresses }));
  const keyring = at("keyring");
  const key = (name: string, ...caps: string[]) => {
    const given = caps.flatMap((cap) => ["--cap", cap, "allow *"]);
    return run("ceph-authtool", [keyring, "--gen-key", "-n", name, ...given]);
  };
  await run("ceph-authtool", [keyring, "--create-keyring"]);
  await key("mon.", "mon");
  await key("client.admin", "mon", "osd", "mgr");
  await key("client.rgw", "mon", "osd");
  await key("osd.0", "mon", "osd");
  for (const name of ["mon", "osd", "rgw"]) await Deno.mkdir(at(name));
  await run("monmaptool", ["--create", "--addv", "a", addresses, "--fsid", id, at("monmap")]);
  const mon = ["-c", conf, "-i", "a"];
  await run("ceph-mon", [...mon, "--mkfs", "--monmap", at("monmap"), "--keyring", keyring]);
  cluster.use(new Program("ceph-mon", [...mon, "-f"]));
  const ceph = async (...words: string[]) =>
    await run("ceph", ["-c", conf, "--connect-timeout", "30", ...words]);
  const osdId = crypto.randomUUID();
  await ceph("osd", "new", osdId);
  const osd = ["-c", conf, "-i", "0"];
  await run("ceph-osd", [...osd, "--mkfs", "--osd-uuid", osdId]);
  cluster.use(new Program("ceph-osd", [...osd, "-f"]));
  await until("the OSD's start", async () => (await ceph("osd", "stat")).includes("1 up"), 60);
  const gateway = ["-c", conf, "-n", "client.rgw", "--keyring", keyring];
  cluster.use(new Program("radosgw", [...gateway, "-f"]));
  const endpoint = `http://127.0.0.1:${port}`;
  await until("the gateway's start", () => answers(endpoint), 120);
  const keys = [
    `--access-key=${credentials.accessKeyId}`,
    `--secret-key=${credentials.secretAccessKey}`,
  ];
  const user = ["user", "create", "--uid=reader", "--display-name=reader"];
  await run("radosgw-admin", ["-c", conf, ...user, ...keys]);
  return endpoint;
}

function configuration(
  folder: string,
  { port, id, addresses }: { port: number; id: string; addresses: string },
): string {
  const lines = {
    "fsid": id,
    "keyring": `${folder}/keyring`,
    "mon host": addresses,
    "mon initial members": "a",
    "public addr": "127.0.0.1",
    "cluster addr": "127.0.0.1",
    "osd pool default size": "1",
    "osd pool default min size": "1",
    "osd pool default pg num": "1",
    "osd pool default pgp num": "1",
    "osd crush chooseleaf type": "0",
    "osd objectstore": "memstore",
    "mon allow pool size one": "true",
    // A disk that is nearly full is no concern of a cluster in memory.
    "mon data avail crit": "1",
    "run dir": folder,
    "crash dir": folder,
    "log file": `${folder}/$name.log`,
    "admin socket": `${folder}/$name.asok`,
    "pid file": `${folder}/$name.pid`,
    "mon data": `${folder}/mon`,
    "osd data": `${folder}/osd`,
    "rgw data": `${folder}/rgw`,
    "rgw frontends": `beast endpoint=127.0.0.1:${port}`,
  };
  return ["[global]", ...Object.entries(lines).map(([name, value]) => `${name} = ${value}`), ""]
    .join("\n");
}
