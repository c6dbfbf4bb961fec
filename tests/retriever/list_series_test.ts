import { UsageError } from "@dicom/series-preview";
import { listSeries } from "@dicom/series-preview/retriever";
import { assertEquals, assertRejects } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";

const [one, two] = ["38902e14-b11f-4548-910e-771ee757dc82", "38902e14-0000-4548-910e-771ee757dc82"];
const objects = new Map([
  [`root/${one}/1.dcm`, new Uint8Array(1)],
  [`root/${two}/1.dcm`, new Uint8Array(1)],
  ["root/other/deep/1.dcm", new Uint8Array(1)],
  ["root/single.dcm", new Uint8Array(1)],
]);

Deno.test("the series under a root are the folders right below it, wherever it is", async () => {
  await using server = startRangeServer({ objects, maxKeys: 2 });
  for (const root of ["s3://idc-open-data/root", `${server.url}/root/?token=secret`]) {
    const list = async (words: string) => {
      const found = [];
      for await (const series of listSeries(words, { env: server.env, root })) found.push(series);
      return found;
    };
    const all = await list(root);
    assertEquals(all.map(({ folder }) => folder), [two, one, "other"]);
    const base = root.replace(/\/?(\?.*)?$/, "/");
    assertEquals(all.map(({ address }) => address), all.map(({ folder }) => `${base}${folder}/`));
    // What is kept of them must be found by their own addresses, too.
    const query = new URL(root).search;
    if (query !== "") assertEquals(all[0]!.cacheKey, `${base}${two}/${query}`);
    assertEquals((await list("38902E14B*")).map(({ folder }) => folder), [one]);
    assertEquals((await list("38902e14*")).length, 2);
    assertEquals(await list("zz*"), []);
  }
});

Deno.test("a root that is none is refused", async () => {
  await assertRejects(() => listSeries("no:where").next(), UsageError);
});
