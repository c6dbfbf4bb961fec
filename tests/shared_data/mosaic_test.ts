import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { canDecode } from "../../dicom/decode_frame.ts";
import { startRangeServer } from "../support/range_server.ts";
import { type OracleSeries, readShared, sharedData, testShared } from "../support/shared_data.ts";
import { decodePng } from "../cli/decode_png.ts";
import { runCli, type RunCliOptions } from "../cli/run_cli.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

/** What `manifest.json` says of one series. */
interface ManifestSeries {
  readonly series: string;
  readonly modality: string;
  readonly count: number;
  readonly rows: string | null;
  readonly columns: string | null;
  readonly frames: string | null;
  readonly transferSyntaxes: readonly string[];
  readonly patientName: string;
  readonly patientID: string;
}

interface OrderedSeries extends OracleSeries {
  /** The instances' numbers in display order. */
  readonly orderRadiological: readonly number[];
}

function readManifest(): readonly ManifestSeries[] {
  return JSON.parse(new TextDecoder().decode(readShared("manifest.json"))).series;
}

/** Height by width of the pixels that are not square. */
const PIXEL_ASPECTS: Readonly<Record<string, number>> = {
  "fd88a8b8-bf75-5c53-b614-bd93be222e93": 1.2 / 1.2012,
};

/** The size of a mosaic of up to four tiles, 128 wide. */
function expectedSize({ series, count, rows, columns, frames }: ManifestSeries): [number, number] {
  const samples = Math.min(4, count * Number(frames ?? 1));
  const across = Math.ceil(Math.sqrt(samples));
  const down = Math.ceil(samples / across);
  const aspect = Number(rows) / Number(columns) * (PIXEL_ASPECTS[series] ?? 1);
  return [128, Math.round(128 / across * aspect * down)];
}

testShared(
  "every series of the shared data is drawn at its size, or refused with its reason",
  async (oracle) => {
    await using folder = await temporaryFolder();
    const manifest = readManifest();
    assertEquals(manifest.length, Object.keys(oracle.series).length);
    for (const entry of manifest) {
      const { series, modality, transferSyntaxes: [syntax = ""] } = entry;
      const output = folder.join(`${series}.png`);
      const address = new URL(`${series}/`, sharedData).href;
      const call = ["mosaic", address, output, "-n", "4", "-w", "128", "--no-cache", "--json"];
      const { status, stderr, json } = await runCli(call);
      const lines = stderr.filter((line) => !line.startsWith("note: "));
      if (modality === "RTSTRUCT") {
        assertEquals([status, lines.length], [1, 1]);
        assertStringIncludes(lines[0]!, `error: no image in ${address}: `);
        assertStringIncludes(lines[0]!, "RTSTRUCT");
      } else if (!canDecode(syntax)) {
        assertEquals([status, lines.length], [1, 1], `${series}: ${lines}`);
        assertStringIncludes(lines[0]!, `JPEG`);
        assertStringIncludes(lines[0]!, `(${syntax})`);
      } else {
        assertEquals([status, lines], [0, []], series);
        const picture = decodePng(await Deno.readFile(output));
        assertEquals([picture.width, picture.height], expectedSize(entry), series);
        assertEquals([json().width, json().height], expectedSize(entry), series);
        assert(new Set(picture.pixels).size > 2, `${series}: nothing to be seen`);
        continue;
      }
      assertEquals((await folder.names()).includes(`${series}.png`), false);
    }
  },
);

testShared(
  "slices follow each other as the oracle says, from a folder and from S3",
  async (oracle) => {
    await using server = startRangeServer({ objects: sharedData.pathname });
    await using folder = await temporaryFolder();
    const listed = async (address: string, count: number, options: RunCliOptions) => {
      const call = ["mosaic", address, folder.join("out.png"), "-n", `${count}`, "-w", "50"];
      const { json } = await runCli([...call, "--json", "--no-cache", "--quiet"], options);
      return json().slices.map(({ uid }) => uid);
    };
    let checked = 0;
    for (const entry of readManifest()) {
      const { series, count, frames, rows, columns, transferSyntaxes: [syntax = ""] } = entry;
      if (rows === null || frames !== null || !canDecode(syntax)) continue;
      // One long series of large slices would take as long as all the others.
      if (count * Number(rows) * Number(columns) > 4e6) continue;
      const { instances, orderRadiological } = oracle.series[series]! as OrderedSeries;
      const expected = orderRadiological.map((i) => instances[i]!.sop);
      assertEquals(
        await listed(new URL(`${series}/`, sharedData).href, count, {}),
        expected,
        series,
      );
      if (count > 30) continue;
      const env = server.env;
      assertEquals(await listed(series, count, { env }), expected, `s3, ${series}`);
      checked++;
    }
    assert(checked >= 10, `only ${checked} series were compared`);
  },
);

testShared("no message about the shared data tells who the patients are", async () => {
  await using folder = await temporaryFolder();
  const patients = readManifest().flatMap(({ patientName, patientID }) => [patientName, patientID])
    .flatMap((name) => name.split(/[\^=]/)).filter((name) => name.length > 4);
  assert(patients.length > 20);
  const call = ["mosaic", sharedData.href, folder.join("out.png"), "--no-cache", "-v", "--json"];
  const { status, stderr, stdout } = await runCli(call);
  assertEquals(status, 1);
  const said = stderr.join("\n") + new TextDecoder().decode(stdout);
  for (const name of patients) assert(!said.includes(name), `${name} is in: ${said}`);
});
