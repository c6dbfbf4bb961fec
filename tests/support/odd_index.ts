import type { Attribute } from "@dicom/series-preview/dicom";
import { IndexBuilder, type SeriesTable } from "@dicom/series-preview/index-cache";
import { makeAttribute, makeAxial, makeInstance } from "../index_cache/support.ts";

/** Values of three instances by value representation: ends of ranges, lists, nulls, none. */
const VALUES: Readonly<Record<string, readonly Attribute["values"][]>> = {
  DS: [[0.1], [-0, 1e300], []],
  FD: [[NaN], [Infinity], [-Infinity]],
  FL: [[0.5], [NaN, -Infinity], [2 ** 100]],
  IS: [[-(2 ** 31)], [], [2 ** 31 - 1]],
  UL: [[2 ** 32 - 1], [0], []],
  SV: [[-(2n ** 63n)], [2n ** 63n - 1n], [7]],
  UV: [[2n ** 64n - 1n], [0], [2n ** 53n + 1n]],
  LO: [["山田^太郎", null, ""], ["x\0y"], ["\u{20000}"]],
  AT: [["00280010", "7FE00010"], ["FFFEE00D"], []],
  US: [[1, null, 65535], [null, null], [2]],
  UT: [["a\nb\\c"], [], [" x"]],
};

/** An index that has every type of column, with values that a reader may stumble over. */
export async function buildOddIndex(): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (let i = 0; i < 3; i++) {
    builder.add(makeInstance(`${i}`, [
      makeAttribute("InstanceNumber", [i]),
      makeAttribute("SliceLocation", [i === 1 ? "about 5" : i]),
      ...Object.entries(VALUES).map(([vr, cells], n) => ({
        keyword: `0009100${n.toString(16).toUpperCase()}`,
        tag: 0x00091000 + n,
        vr,
        single: false,
        values: cells[i]!,
      })),
    ], {
      fileSize: 2 ** 40,
      frameCount: 2,
      frameOffsets: [2 ** 41, 2 ** 42],
      frameLengths: [1, 2],
    }));
  }
  builder.add(makeAxial("z", 0, 9));
  return await builder.build({
    seriesUID: "series",
    address: "https://example.org/series",
    failed: [{ url: 'file:///a/"é\\\n山.dcm', error: "cut" }],
  });
}
