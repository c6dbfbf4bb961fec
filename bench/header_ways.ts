import dcmjs from "dcmjs";
import dicomParser, { type DataSet, type Element } from "dicom-parser";
import type { DicomHeader } from "../dicom/dicom_header.ts";
import { parseHeader } from "../dicom/parse_header.ts";
import { readAttributes } from "../dicom/read_attributes.ts";
import type { SampleHeader } from "./sample_headers.ts";

/** A way to read a header; what it answers is only awaited. */
export type HeaderWay = (header: SampleHeader) => unknown;

const pixelData = "7FE00010";

function parse({ bytes, totalSize }: SampleHeader): DicomHeader {
  const result = parseHeader(bytes, { totalSize });
  if (!result.complete) throw new Error(`${result.bytesNeeded} bytes are needed`);
  return result.header;
}

function parseByDicomParser({ bytes }: SampleHeader): DataSet {
  return dicomParser.parseDicom(bytes, { untilTag: `x${pixelData.toLowerCase()}` });
}

/**
 * Ways to read a header up to its pixel data by name, each as a user of its library would.
 *
 * dicom-parser notes where values lie and reads them when asked for one, as `parseHeader` does; dcmjs
 * reads all values as it goes. `readAttributes` is what the index takes: all values by their own types
 * and character sets, sequences as DICOM JSON, and bytes hashed, which the others do not do.
 */
export const headerWays: ReadonlyMap<string, HeaderWay> = new Map<string, HeaderWay>([
  ["parseHeader", parse],
  ["readAttributes", (header) => readAttributes(parse(header))],
  ["dicom-parser", parseByDicomParser],
  ["dicom-parser, all values", (header) => readDataSet(parseByDicomParser(header))],
  [
    "dcmjs",
    ({ bytes }) =>
      dcmjs.data.DicomMessage.readFile(bytes.buffer, { untilTag: pixelData, ignoreErrors: true }),
  ],
]);

/** Reads all values that dicom-parser has found: text, numbers, and items; not bytes. */
function readDataSet(dataSet: DataSet): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [tag, element] of Object.entries(dataSet.elements)) {
    values[tag] = readElement(dataSet, tag, element);
  }
  return values;
}

function readElement(dataSet: DataSet, tag: string, { vr, items, length }: Element): unknown {
  if (items) return items.map(({ dataSet }) => dataSet && readDataSet(dataSet));
  const numbers = (size: number, read: (index: number) => number | undefined) =>
    Array.from({ length: Math.floor(length / size) }, (_, index) => read(index));
  switch (vr) {
    case "US":
      return numbers(2, (index) => dataSet.uint16(tag, index));
    case "SS":
      return numbers(2, (index) => dataSet.int16(tag, index));
    case "UL":
      return numbers(4, (index) => dataSet.uint32(tag, index));
    case "SL":
      return numbers(4, (index) => dataSet.int32(tag, index));
    case "FL":
      return numbers(4, (index) => dataSet.float(tag, index));
    case "FD":
      return numbers(8, (index) => dataSet.double(tag, index));
    case "AT":
      return dataSet.attributeTag(tag);
    case "DS":
      return Array.from(
        { length: dataSet.numStringValues(tag) ?? 0 },
        (_, index) => dataSet.floatString(tag, index),
      );
    case "IS":
      return Array.from(
        { length: dataSet.numStringValues(tag) ?? 0 },
        (_, index) => dataSet.intString(tag, index),
      );
    case "LT":
    case "ST":
    case "UT":
      return dataSet.text(tag);
    case "OB":
    case "OW":
    case "OF":
    case "OD":
    case "OL":
    case "OV":
    case "UN":
      return length;
    default:
      return dataSet.string(tag)?.split("\\");
  }
}
