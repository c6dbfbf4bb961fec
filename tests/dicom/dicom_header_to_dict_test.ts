import { dicomHeaderToDict, parseHeader } from "@dicom/series-preview/dicom";
import { assert, assertEquals } from "@std/assert";
import {
  BIG_ENDIAN,
  element,
  type ElementSpec,
  EXPLICIT,
  latin1,
  writeInstance,
} from "../support/dicom_fixtures.ts";

async function dictOf(elements: readonly ElementSpec[], transferSyntaxUID = EXPLICIT) {
  const bytes = writeInstance(elements, { transferSyntaxUID });
  const result = parseHeader(bytes, { totalSize: bytes.length });
  assert(result.complete);
  return await dicomHeaderToDict(result.header);
}

async function sha256(bytes: readonly number[]): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return new Uint8Array(digest).toHex();
}

Deno.test("a header is plain values by keyword: numbers, lists, null for what is empty", async () => {
  const dict = await dictOf([
    element(0x00080008, "CS", "ORIGINAL\\PRIMARY"),
    element(0x00080050, "SH", ""),
    element(0x00080060, "CS", "CT"),
    element(0x00100010, "PN", "Doe^Jane"),
    element(0x00200013, "IS", " 7 "),
    element(0x00200032, "DS", "-1.50\\2e1\\0"),
    element(0x00201041, "DS", "1,5"),
    element(0x00280010, "US", [512]),
    element(0x00281052, "DS", "-1024"),
  ]);
  assertEquals(dict.TransferSyntaxUID, EXPLICIT);
  assertEquals(dict.ImageType, ["ORIGINAL", "PRIMARY"]);
  assertEquals(dict.AccessionNumber, null);
  assertEquals([dict.Modality, dict.PatientName], ["CT", "Doe^Jane"]);
  assertEquals([dict.InstanceNumber, dict.Rows, dict.RescaleIntercept], [7, 512, -1024]);
  assertEquals(dict.ImagePositionPatient, [-1.5, 20, 0]);
  assertEquals(dict.SliceLocation, "1,5");
  assertEquals("PatientID" in dict, false);
});

Deno.test("sequences are arrays of the same in small, private elements go by their tags", async () => {
  for (const syntax of [EXPLICIT, BIG_ENDIAN]) {
    const dict = await dictOf([
      element(0x00081140, "SQ", [
        [
          element(0x00081140, "SQ", [[element(0x00280009, "AT", [0x0018, 0x1063])]]),
          element(0x00081155, "UI", "1.2.3"),
          element(0x00100010, "PN", "Yamada^Tarou==X"),
          element(0x00189073, "FD", [0.25, -Infinity]),
          element(0x00281054, "LO", ""),
        ],
        [],
      ]),
      element(0x00081199, "SQ", []),
      element(0x00191001, "LO", "private"),
      element(0x00191002, "SQ", [[element(0x00191003, "SV", [2n ** 62n])]]),
    ], syntax);
    assertEquals(dict.ReferencedImageSequence, [
      {
        ReferencedImageSequence: [{ FrameIncrementPointer: "00181063" }],
        ReferencedSOPInstanceUID: "1.2.3",
        PatientName: "Yamada^Tarou==X",
        AcquisitionDuration: [0.25, -Infinity],
        RescaleType: null,
      },
      {},
    ]);
    assertEquals(dict.ReferencedSOPSequence, []);
    assertEquals(dict["00191001"], "private");
    assertEquals(dict["00191002"], [{ "00191003": 2n ** 62n }]);
  }
});

Deno.test("binary values are told by size and hash at any depth, lookup tables are whole", async () => {
  const bytes = [1, 2, 3, 4];
  const hash = await sha256(bytes);
  const dict = await dictOf([
    element(0x00091001, "OB", Uint8Array.from(bytes)),
    element(0x00281201, "OW", [258, 772]),
    element(0x00283010, "SQ", [[
      element(0x00091001, "UN", Uint8Array.from(bytes)),
      element(0x00091002, "OB", new Uint8Array(0)),
      element(0x00283006, "OW", [258, 772]),
    ]]),
  ]);
  assertEquals([dict["00091001_Size"], dict["00091001_Hash"]], [4, hash]);
  assertEquals("00091001" in dict, false);
  const table = Uint8Array.from([2, 1, 4, 3]).toBase64();
  assertEquals(dict.RedPaletteColorLookupTableData, table);
  assertEquals(dict.VOILUTSequence, [{
    "00091001_Size": 4,
    "00091001_Hash": hash,
    "00091002_Size": 0,
    "00091002_Hash": await sha256([]),
    LUTData: table,
  }]);
});

Deno.test("the transfer syntax is there though no file meta tells it", async () => {
  const bytes = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
  const result = parseHeader(bytes, { totalSize: bytes.length });
  assert(result.complete);
  assertEquals(await dicomHeaderToDict(result.header), {
    TransferSyntaxUID: "1.2.840.10008.1.2",
    Modality: "CT",
  });
});

Deno.test("a value that is not what it should be is whole beside what can be read of it", async () => {
  const dict = await dictOf([
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00081140, "SQ", Uint8Array.of(1, 2, 3, 4)),
    element(0x00081161, "UL", Uint8Array.of(1, 0, 0, 0, 2, 0)),
    element(0x00081162, "UL", Uint8Array.of(1, 0)),
    element(0x00100010, "PN", latin1("J\xe9")),
  ]);
  const names = Object.keys(dict);
  assertEquals(names.slice(names.indexOf("SpecificCharacterSet")), [
    "SpecificCharacterSet",
    "ReferencedImageSequence_Size",
    "ReferencedImageSequence_Hash",
    "ReferencedImageSequence_Bytes",
    "SimpleFrameList",
    "SimpleFrameList_Bytes",
    // There is a value, though none that can be read: it is not empty.
    "CalculatedFrameList_Bytes",
    "PatientName",
    "PatientName_Bytes",
  ]);
  assertEquals([dict.PatientName, dict.PatientName_Bytes], ["J\ufffd", "Suk="]);
  assertEquals([dict.SimpleFrameList, dict.SimpleFrameList_Bytes], [1, "AQAAAAIA"]);
});
