import {
  type Attribute,
  IndexBuilder,
  type IndexedInstance,
  readIndex,
  writeIndex,
} from "@dicom/series-preview/index-cache";

/** A series of 500 instances with 200 attributes, a third of them different in every instance. */
function makeSeries(): IndexedInstance[] {
  const vrs = ["LO", "DS", "IS", "US", "CS", "UI", "FD"];
  return Array.from({ length: 500 }, (_, i) => {
    const attributes = Array.from({ length: 198 }, (_, k): Attribute => {
      const vr = vrs[k % vrs.length]!;
      const number = k % 3 === 0 ? i : k;
      const values = ["LO", "CS"].includes(vr)
        ? [`value ${number}`]
        : vr === "UI"
        ? [`1.2.840.113619.2.${number}`]
        : k % 10 === 1
        ? [number, 1, 2]
        : [number];
      const tag = 0x00191000 + k;
      return { keyword: tag.toString(16).padStart(8, "0"), tag, vr, single: false, values };
    });
    const vector = (keyword: string, tag: number, values: number[]): Attribute => (
      { keyword, tag, vr: "DS", single: false, values }
    );
    attributes.push(
      vector("ImagePositionPatient", 0x00200032, [0, 0, i]),
      vector("ImageOrientationPatient", 0x00200037, [1, 0, 0, 0, 1, 0]),
    );
    return {
      url: `s3://bucket/series/${i}.dcm`,
      fileSize: 526_990,
      etag: null,
      pixelOffset: 2702,
      pixelLength: 524_288,
      attributes,
      frameCount: 1,
      frameGeometry: null,
      frameOffsets: null,
      frameLengths: null,
    };
  });
}

const series = { seriesUID: "series", address: "s3://bucket/series" };
const instances = makeSeries();
const filled = new IndexBuilder();
for (const instance of instances) filled.add(instance);
const table = await filled.build(series);
const bytes = await writeIndex(table);

Deno.bench("add 500 instances of 200 attributes", () => {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
});
Deno.bench("sort them and build their table", async () => {
  await filled.build(series);
});
Deno.bench("write the index", async () => {
  await writeIndex(table);
});
Deno.bench("read four columns of the index", async () => {
  await readIndex(bytes, {
    columns: ["_data_url", "_pixel_offset", "_pixel_length", "SOPInstanceUID"],
  });
});
Deno.bench("read the whole index", async () => {
  await readIndex(bytes);
});
Deno.bench("take the index up again", () => {
  IndexBuilder.from(table);
});
