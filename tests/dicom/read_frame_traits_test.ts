import { assertEquals } from "@std/assert";
import { readFrameTraits } from "@dicom/series-preview/dicom";
import { parseDateTime } from "../../dicom/parse_date_time.ts";

const item = (tag: string, ...Value: unknown[]) => ({ [tag]: { Value } });

/** The traits that say something. */
function told(values: Readonly<Record<string, unknown>>, frames: number) {
  const texts = Object.entries(values).map(([keyword, items]) => [keyword, JSON.stringify(items)]);
  return readFrameTraits(Object.fromEntries(texts), frames)?.map((traits) =>
    Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== undefined))
  );
}

Deno.test("A frame's own functional group goes before the shared one", () => {
  const echo = (time: number) => item("00189114", item("00189082", time));
  const groups = {
    SharedFunctionalGroupsSequence: [echo(5)],
    PerFrameFunctionalGroupsSequence: [{}, echo(9)],
  };
  assertEquals(told(groups, 3), [{ echoTime: 5 }, { echoTime: 9 }, { echoTime: 5 }]);
});

Deno.test("Frames without functional groups have no traits", () => {
  assertEquals(readFrameTraits({}, 2), null);
  assertEquals(told({ SharedFunctionalGroupsSequence: [{}] }, 2), undefined);
});

Deno.test("Of the dimension indices those are kept that number no place", () => {
  const groups = {
    DimensionIndexSequence: ["00209056", "00209057", "00209128"].map((tag) =>
      item("00209165", tag)
    ),
    PerFrameFunctionalGroupsSequence: [
      item("00209111", item("00209157", 1, 7, 3)),
      item("00209111", { ...item("00209157", 1), ...item("00209056", "A") }),
    ],
  };
  assertEquals(told(groups, 2), [
    { dimensionIndices: "1\\3" },
    { dimensionIndices: "1", stackID: "A" },
  ]);
});

Deno.test("What is no number, and what is empty, is no trait", () => {
  const groups = {
    PerFrameFunctionalGroupsSequence: [{
      ...item("00189114", item("00189082", null)),
      ...item("00189117", {}),
      ...item("00189226", item("00089007")),
      ...item("00209111", item("00189074", "noon")),
    }],
  };
  assertEquals(told(groups, 1), [{}]);
});

Deno.test("Dates and times are seconds, as far as they go", () => {
  const noon = Date.UTC(2024, 1, 29, 12) / 1000;
  assertEquals(parseDateTime("20240229120000.250000-0500"), noon + 0.25);
  assertEquals(parseDateTime("202402291200"), noon);
  assertEquals(parseDateTime("20240229"), noon - 12 * 3600);
  assertEquals(parseDateTime("1970"), 0);
  assertEquals(parseDateTime(""), undefined);
});
