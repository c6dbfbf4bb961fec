import type { AbortOptions } from "../runtime/abort_options.ts";
import { createPause } from "../runtime/create_pause.ts";
import type { Attribute } from "./attribute.ts";
import type { Dataset, DatasetValue } from "./dataset.ts";
import type { DicomHeader } from "./dicom_header.ts";
import type { DicomJson } from "./dicom_json.ts";
import { naturalizeJson } from "./naturalize_json.ts";
import { readAttributes } from "./read_attributes.ts";
import { Tag, tagHex } from "./tag.ts";

/**
 * Turns a header into plain values by keyword, file meta first, in stored order.
 *
 * Where the file meta does not tell it, `TransferSyntaxUID` is the one that was found. Text of DS or
 * IS that is no number stays text. A value that is not what it should be, as text outside its character
 * set, is whole in `{Keyword}_Bytes`, base64, beside what can be read of it.
 *
 * @example
 * ```ts
 * import { dicomHeaderToDict, parseHeader } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * const result = parseHeader(bytes, { totalSize: 10 });
 * const dict = result.complete ? await dicomHeaderToDict(result.header) : {};
 * assertEquals(dict.Modality, "CT");
 * ```
 */
export async function dicomHeaderToDict(
  header: DicomHeader,
  options: AbortOptions = {},
): Promise<Dataset> {
  const pause = createPause(options.signal);
  const dataset: Record<string, DatasetValue> = {};
  if (!header.fileMeta.has(Tag.TransferSyntaxUID)) {
    dataset.TransferSyntaxUID = header.transferSyntaxUID;
  }
  for (const attribute of await readAttributes(header, options)) {
    await pause();
    const { keyword, tag, values, binary, unread } = attribute;
    const name = keyword in dataset ? tagHex(tag) : keyword;
    if (binary !== undefined) {
      dataset[`${name}_Size`] = binary.size;
      dataset[`${name}_Hash`] = binary.hash;
    } else if (values.length > 0 || unread === undefined) {
      dataset[name] = await naturalizeAttribute(attribute);
    }
    if (unread !== undefined) dataset[`${name}_Bytes`] = unread;
  }
  return dataset;
}

async function naturalizeAttribute({ vr, values }: Attribute): Promise<DatasetValue> {
  if (vr === "SQ") {
    const items = JSON.parse(String(values[0] ?? "[]")) as DicomJson[];
    return await Promise.all(items.map(naturalizeJson));
  }
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values;
}
