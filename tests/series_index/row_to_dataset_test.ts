import { SeriesIndex } from "@dicom/series-preview";
import { assertEquals } from "@std/assert";
import { element, type ElementSpec, latin1, writeInstance } from "../support/dicom_fixtures.ts";
import { memoryFetch } from "./memory_fetch.ts";

/** What is odd in each of the instances, which share the columns of their index. */
const ODD: readonly (readonly ElementSpec[])[] = [
  [
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00081140, "SQ", [[element(0x00100010, "PN", latin1("J\xe9"))]]),
    element(0x00100010, "PN", latin1("J\xe9")),
    element(0x00180050, "DS", "about 5"),
    element(0x00181030, "LO", ""),
    element(0x00081161, "UL", Uint8Array.of(1, 0, 0, 0, 2, 0)),
    element(0x00081162, "UL", Uint8Array.of(1, 0)),
    element(0x00281051, "DS", "40\\wide\\\\400"),
  ],
  [
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00081140, "SQ", Uint8Array.of(1, 2, 3, 4)),
    element(0x00100010, "PN", "Doe"),
    element(0x00180050, "DS", "5"),
    element(0x00081161, "UL", [3]),
    element(0x00281051, "DS", "a\\b"),
    element(0x00091010, "LO", "[{no item"),
  ],
  [
    element(0x00081140, "SQ", [[], [element(0x20051001, "LO", "x")]]),
    element(0x00180050, "DS", ""),
    element(0x00281051, "DS", "wide"),
    element(0x00091010, "SQ", [[]]),
  ],
];

Deno.test("what is odd in a header is the same from the index and from the instance", async () => {
  const address = "https://example.org/series/";
  const objects = ODD.map((elements, n) => {
    const uids = [element(0x00080018, "UI", `1.2.${n}`), element(0x0020000e, "UI", "1.2")];
    const sorted = [...elements, ...uids].sort((a, b) => a.tag - b.tag);
    return [`${n}.dcm`, writeInstance(sorted)] as const;
  });
  const { fetch } = memoryFetch(new Map(objects));
  const index = await SeriesIndex.open(address, { cache: false, fetch });
  const choice = { sliceNumbers: [0, 1, 2], headersOnly: true };
  const kept = await index.getInstances(choice);
  const fresh = await index.getInstances({ ...choice, freshHeaders: true });
  assertEquals(kept.map(({ value }) => value?.dataset), fresh.map(({ value }) => value?.dataset));

  const [first, second, third] = kept.map(({ value }) => value!.dataset);
  assertEquals(first!.SliceThickness, "about 5");
  assertEquals(first!.WindowWidth, [40, "wide", null, 400]);
  assertEquals([first!.ProtocolName, first!.PatientName_Bytes], [null, "Suk="]);
  assertEquals("CalculatedFrameList" in first!, false);
  assertEquals(first!.CalculatedFrameList_Bytes, "AQA=");
  assertEquals([second!.WindowWidth, second!["00091010"]], [["a", "b"], "[{no item"]);
  assertEquals([third!.WindowWidth, third!["00091010"]], ["wide", [{}]]);
  assertEquals(third!.ReferencedImageSequence, [{}, { "20051001": "x" }]);
});
