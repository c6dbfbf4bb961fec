import { SeriesIndex } from "@dicom/series-preview";
import { sampleSeries } from "../cli/sample_series.ts";
import type { TemporaryFolder } from "../cli/temporary_folder.ts";
import { indexContent } from "./index_content.ts";

/** A local series that is now one thing and now another, and the index that each must have. */
export interface VersionedSeries {
  /** The folder of the series. */
  readonly path: string;
  /** What the index tells, by version: 0 or 1. */
  readonly contents: readonly string[];
  /** Makes the series be a version. */
  readonly become: (version: number) => Promise<void>;
}

/** Makes a series of so many instances; nothing is cached of it yet. */
export async function makeVersionedSeries(
  folder: TemporaryFolder,
  count: number,
): Promise<VersionedSeries> {
  const path = folder.join("series");
  const become = async (version: number) => {
    const description = `version ${version}`;
    await folder.write("series", sampleSeries(count, { description, padding: 3000 }));
    // Times are part of ETags, and so of the index.
    const time = new Date(Date.UTC(2026, 0, 1 + version));
    for (const name of await folder.names("series")) {
      await Deno.utime(`${path}/${name}`, time, time);
    }
  };
  const contents: string[] = [];
  for (const version of [0, 1]) {
    await become(version);
    const index = await SeriesIndex.open(path, { cache: false });
    contents.push(await indexContent(await index.toParquet()));
  }
  return { path, contents, become };
}
