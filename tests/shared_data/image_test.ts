import { assert, assertEquals } from "@std/assert";
import { SeriesIndex } from "@dicom/series-preview";
import { type OracleSeries, sharedData, testShared } from "../support/shared_data.ts";
import { decodePng } from "../cli/decode_png.ts";
import { runCli } from "../cli/run_cli.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

interface OrderedSeries extends OracleSeries {
  /** The instances' numbers in display order. */
  readonly orderRadiological: readonly number[];
}

testShared("the image of a position is that of the slice the oracle has there", async (oracle) => {
  await using folder = await temporaryFolder();
  let checked = 0;
  for (const [series, expected] of Object.entries(oracle.series)) {
    const { instances, orderRadiological } = expected as OrderedSeries;
    if (expected.modality === "RTSTRUCT" || instances.some(({ frames }) => frames)) continue;
    // One slice of a long series takes no longer than one of a short one, but its index does.
    if (instances.length > 60) continue;
    for (const position of ["0", "0.5", "1"]) {
      const output = folder.join("out.png");
      const address = new URL(`${series}/`, sharedData).href;
      const cache = ["--cache-dir", folder.join("cache"), "--json", "--quiet"];
      const { status, json } = await runCli(["image", address, output, "-p", position, ...cache]);
      assertEquals(status, 0, series);
      const { slices: [slice], width, height } = json();
      const number = Math.round(Number(position) * (instances.length - 1));
      assertEquals(slice!.uid, instances[orderRadiological[number]!]!.sop, series);
      const picture = decodePng(await Deno.readFile(output));
      assertEquals([picture.width, picture.height], [width, height]);
    }
    checked++;
  }
  assert(checked >= 10, `only ${checked} series were compared`);
});

testShared("contrasts of every kind of real image are drawn from one read", async (oracle) => {
  for (const [series, { modality }] of Object.entries(oracle.series)) {
    if (!["CT", "US", "SEG", "SM", "DX", "RTDOSE", "PT"].includes(modality)) continue;
    const index = await SeriesIndex.open(new URL(`${series}/`, sharedData).href, { cache: false });
    const { image, columns, rows, failed } = await index.renderContrastMosaic({ width: 256 });
    assertEquals([rows, failed, image.width], [1, [], 256], series);
    const alone = index.bytesDecoded;
    assert(alone > 0 && columns > 0);
    const instance = await index.getInstance();
    const before = index.bytesDecoded;
    await Promise.all([instance.getImage(), instance.getContrastGrid(), instance.getPixels()]);
    assertEquals(index.bytesDecoded, before, series);
  }
});
