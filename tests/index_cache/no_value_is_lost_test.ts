import { IndexBuilder, type SeriesTable } from "@dicom/series-preview/index-cache";
import type { Attribute, AttributeScalar } from "@dicom/series-preview/dicom";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { makeAttribute, makeInstance } from "./support.ts";

const SERIES = { seriesUID: "series", address: "https://example.org/series" };

const texts = fc.constantFrom("1.5", "-7", "007", "n/a", "1,5", "9007199254740993", "1e400", "x");
const VALUES: Readonly<Record<string, fc.Arbitrary<AttributeScalar>>> = {
  DS: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), texts),
  IS: fc.oneof(fc.integer(), fc.constant(2 ** 40), fc.constant(2n ** 53n + 1n), texts),
  FL: fc.float(),
  US: fc.integer({ min: 0, max: 65535 }),
  UV: fc.constantFrom<AttributeScalar>(0, 2n ** 64n - 1n, 2n ** 63n),
  SV: fc.constantFrom<AttributeScalar>(-1, -(2n ** 63n), 2n ** 53n + 1n),
  LO: texts,
};

/** One attribute, public or private, as writers that disagree on its type may write it. */
const attributes = fc.tuple(
  fc.boolean(),
  fc.constantFrom("DS", "LO", null),
  fc.subarray(Object.keys(VALUES), { minLength: 1 }),
).chain(([isPrivate, dictionaryVR, vrs]) =>
  fc.array(
    fc.constantFrom(...vrs).chain((vr) =>
      fc.array(fc.option(VALUES[vr]!), { minLength: 1, maxLength: 3 }).map((values): Attribute => ({
        keyword: isPrivate ? "00091001" : "ZoomFactor",
        tag: isPrivate ? 0x00091001 : 0x00280031,
        vr,
        ...(isPrivate || dictionaryVR === null ? {} : { dictionaryVR }),
        single: false,
        // A single empty value is none.
        values: values.length === 1 && values[0] === null ? [] : values,
      }))
    ),
    { minLength: 1, maxLength: 6 },
  )
);

function build(list: readonly Attribute[], order: readonly number[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const i of order) {
    builder.add(makeInstance(`${i}`, [makeAttribute("InstanceNumber", [i]), list[i]!]));
  }
  return builder.build(SERIES);
}

/** Whether a cell stands for a value: the same number, or the same text, in the column's type. */
function standsFor(cell: unknown, value: AttributeScalar): boolean {
  if (typeof cell === "string") return cell === String(value);
  if (typeof value !== "string") return Object.is(Number(cell), Number(value)) || cell === value;
  // Text in a column of doubles is the nearest one, as DS is.
  return typeof cell === "bigint" ? cell === BigInt(value) : cell === Number(value);
}

Deno.test("a value is in its column or beside it, whatever types its column has to share", async () => {
  await fc.assert(
    fc.asyncProperty(attributes, async (list) => {
      const [{ keyword }] = list as [Attribute];
      const table = await build(list, list.map((_, i) => i));
      let untyped = 0;
      list.forEach(({ values }, row) => {
        const written = table.value(row, `${keyword}_Text`);
        const cell = table.value(row, keyword);
        const empty = table.value(row, "_empty");
        if (values.length === 0) {
          assertEquals([cell, written, empty], [null, null, [keyword]]);
          return;
        }
        assertEquals(empty, null);
        if (written !== null) untyped++;
        const cells = cell === null ? values.map(() => null) : [cell].flat();
        assertEquals(cells.length, values.length);
        assert(
          cells.every((each, i) =>
            each === null ? values[i] === null || written !== null : standsFor(each, values[i]!)
          ),
          `${String(cells)} are not ${String(values)}`,
        );
        if (written !== null) {
          assertEquals(written, values.map((each) => each ?? "").join("\\"));
        }
      });
      assertEquals(table.metadata.untyped, untyped > 0 ? { [`${keyword}_Text`]: untyped } : {});

      const again = await IndexBuilder.from(table).build(SERIES);
      assertEquals(again.table.schema.toString(), table.table.schema.toString());
      assertEquals(again.metadata, table.metadata);
      list.forEach((_, row) => assertEquals(again.row(row), table.row(row)));
    }),
    { seed: 7, numRuns: 300 },
  );
});
