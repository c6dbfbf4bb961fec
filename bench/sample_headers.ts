import { parseHeader } from "../dicom/parse_header.ts";
import { listKinds, readOracle, readShared } from "../tests/support/shared_data.ts";
import { writeFileMeta } from "../tests/support/dicom_fixtures.ts";
import { frameBytes, makeEnhancedHeader } from "./make_enhanced_header.ts";
import { makeInstance } from "./make_instance.ts";
import { longHeader, makeScannerHeader, pixelBytes, plainHeader } from "./make_scanner_header.ts";

/** A header, in a buffer of its own; it ends with the head of the pixel data, where there is any. */
export interface SampleHeader {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size in bytes of the object that it is of. */
  readonly totalSize: number;
}

/** Bytes of the head of a pixel data element that names its value representation. */
const headBytes = 12;

/** Makes headers of the sizes that real ones have: as a scanner writes them, of long texts, and of frames. */
export function sampleHeaders(): SampleHeader[] {
  return [
    scanner("4.5 KB, scanner", makeScannerHeader(1, plainHeader)),
    scanner("9 KB, scanner", makeScannerHeader(1, longHeader)),
    texts("28 KB, texts", 28_000),
    enhanced("28 KB, 119 frames", 119),
    texts("150 KB, texts", 150_000),
    enhanced("150 KB, 644 frames", 644),
  ];
}

function scanner(name: string, bytes: Uint8Array<ArrayBuffer>): SampleHeader {
  return { name, bytes, totalSize: bytes.length + pixelBytes };
}

function enhanced(name: string, frames: number): SampleHeader {
  const bytes = makeEnhancedHeader(frames);
  return { name, bytes, totalSize: bytes.length + frames * frameBytes };
}

/** The elements of `makeInstance` behind whole file meta, which dcmjs asks for. */
function texts(name: string, length: number): SampleHeader {
  const made = makeInstance(length);
  const result = parseHeader(made, { totalSize: made.length });
  if (!result.complete) throw new Error(`${result.bytesNeeded} bytes are needed`);
  const { dataset, headerLength } = result.header;
  const [first] = dataset.values();
  const meta = writeFileMeta("1.2.840.10008.1.2.1");
  const start = made.subarray(0, 132);
  const rest = made.subarray(first!.offset - 8, headerLength + headBytes);
  const bytes = new Uint8Array(start.length + meta.length + rest.length);
  bytes.set(start);
  bytes.set(meta, start.length);
  bytes.set(rest, start.length + meta.length);
  return { name, bytes, totalSize: bytes.length + 8192 };
}

/** Real headers of the shared test data, one of each of these; none where it is not there. */
export function realHeaders(): SampleHeader[] {
  const oracle = readOracle();
  if (oracle === null) return [];
  const kinds = listKinds(oracle);
  return reals.flatMap((folder) => {
    const kind = kinds.find(({ path }) => path.startsWith(folder));
    if (kind === undefined) return [];
    const whole = readShared(kind.path);
    const result = parseHeader(whole, { totalSize: whole.length });
    if (!result.complete) throw new Error(`${result.bytesNeeded} bytes are needed`);
    const { headerLength, pixelData } = result.header;
    const bytes = whole.slice(0, pixelData?.offset ?? headerLength);
    const name = `${kind.series?.modality} ${folder}`;
    return [{ name, bytes, totalSize: whole.length }];
  });
}

/** Folders of series whose headers are 4 KB to 175 KB long, of several makers; all ways can read them. */
const reals: readonly string[] = [
  "09bb21eb",
  "7e258512",
  "7fe2ee20",
  "74faeceb",
  "c77c4b54",
  "ce74076d",
  "80194bc7",
];
