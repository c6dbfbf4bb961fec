import { type Outcome, SeriesIndex, type SliceImage } from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { sampleSeries } from "../cli/sample_series.ts";
import { memoryFetch } from "../series_index/memory_fetch.ts";

export const ADDRESS = "https://example.org/series/";
/** The name of the hostile instance among the sound ones. */
export const HOSTILE = "hostile.dcm";
/** A series of three slices that are sound. */
export const sound: ReadonlyMap<string, Uint8Array> = sampleSeries(3);

const contrast = parseContrast("1500/-300");

/** Opens a series of memory; the hostile instance is sent whole where it is asked for so. */
export async function openSeries(objects: ReadonlyMap<string, Uint8Array>): Promise<SeriesIndex> {
  const ranges = memoryFetch(objects).fetch;
  const fetch = async (input: URL | Request | string, init?: RequestInit) => {
    const range = new Headers(init?.headers).get("range");
    if (!/^bytes=0-$/.test(range ?? "bytes=0-") || !String(input).endsWith(HOSTILE)) {
      return await ranges(input, init);
    }
    const bytes = objects.get(HOSTILE)!.slice();
    const { length } = bytes;
    const headers = { "content-range": `bytes 0-${length - 1}/${length}`, etag: '"1"' };
    return new Response(
      bytes,
      range === null ? { headers: { etag: '"1"' } } : { status: 206, headers },
    );
  };
  return await SeriesIndex.open(ADDRESS, { cache: false, fetch });
}

/** Draws all slices of a series; answers those that are drawn and all failures, by address. */
export async function drawSeries(objects: ReadonlyMap<string, Uint8Array>) {
  const index = await openSeries(objects);
  const sliceNumbers = Array.from({ length: index.sliceCount }, (_, i) => i);
  const outcomes: Outcome<SliceImage>[] = await index.getImages({
    sliceNumbers,
    contrast,
    width: 64,
  });
  const drawn = outcomes.flatMap(({ url, value }) => value ? [[url, value.data] as const] : []);
  const errors = outcomes.flatMap(({ error }) => error ? [error] : []);
  return { drawn, errors, unread: index.failed };
}
