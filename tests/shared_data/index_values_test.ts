import { IndexBuilder, type SeriesTable, writeIndex } from "@dicom/series-preview/index-cache";
import { assert, assertEquals, assertGreater } from "@std/assert";
import { readInstance } from "../index_cache/support.ts";
import { assertSecondReaderAgrees } from "../support/second_reader.ts";
import { type OracleSeries, testShared } from "../support/shared_data.ts";

/** The index of a series of the shared test data. */
async function buildIndex(series: string, { instances }: OracleSeries): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const { file } of instances) builder.add(await readInstance(series, file));
  return await builder.build({ seriesUID: series, address: `file:///${series}` });
}

/** The oracle's numbers have nine significant digits. */
function rounded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === "number" ? Number(value.toPrecision(9)) : value;
}

/** A cell of a column that may be one of lists, as the values it stands for. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

testShared("Every row of a real series' index has the values of the oracle", async (oracle) => {
  let compared = 0;
  for (const [name, series] of Object.entries(oracle.series)) {
    const table = await buildIndex(name, series);
    assertEquals(table.instanceCount, series.instances.length, name);
    const rows = new Map(
      series.instances.map((_, row) => [table.value(row, "SOPInstanceUID"), row]),
    );
    for (const expected of series.instances) {
      const row = rows.get(expected.sop);
      assert(row !== undefined, expected.file);
      const value = (column: string) => table.value(row, column);
      assert(String(value("_data_url")).endsWith(`${name}/${expected.file}.dcm`), expected.file);
      assertEquals(value("SeriesInstanceUID"), series.seriesInstanceUID, expected.file);
      assertEquals(value("Modality"), series.modality, expected.file);
      assertEquals(value("PatientName"), series.patientName, expected.file);
      const sets = listOf(value("SpecificCharacterSet")).map((set) => set ?? "");
      assertEquals(sets, listOf(series.characterSet).map((set) => set ?? ""), expected.file);
      assertEquals(listOf(value("InstanceNumber")), [expected.instanceNumber], expected.file);
      assertEquals(rounded(value("ImagePositionPatient")), expected.ipp, expected.file);
      assertEquals(rounded(value("ImageOrientationPatient")), expected.iop, expected.file);
      assertEquals(
        rounded(listOf(value("SliceLocation"))),
        [expected.sliceLocation],
        expected.file,
      );
      assertEquals(value("_file_size"), expected.fileBytes, expected.file);
      compared++;
    }
    assertEquals(table.metadata.untyped, {}, name);
  }
  assertGreater(compared, 0);
});

testShared("Another reader finds every cell of every real series' index", async (oracle) => {
  for (const [name, series] of Object.entries(oracle.series)) {
    const table = await buildIndex(name, series);
    await assertSecondReaderAgrees(await writeIndex(table), table);
  }
});
