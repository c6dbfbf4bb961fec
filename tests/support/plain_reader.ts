import { readIndex, type SeriesTable } from "@dicom/series-preview/index-cache";
import { assert, assertEquals } from "@std/assert";

/**
 * Reads an index's file as an Arrow table and as plain columns, and asserts that both give every cell,
 * slice and key alike, and so does the Arrow table that the plain columns make.
 *
 * @param columns The columns to compare; all by default.
 * @returns How many cells were compared.
 */
export async function assertPlainReaderAgrees(
  bytes: Uint8Array,
  columns?: readonly string[],
): Promise<number> {
  const arrow = await readIndex(bytes);
  const wanted = columns === undefined ? null : new Set(columns);
  const fields = arrow.fields.filter(({ name }) => wanted?.has(name) ?? true);
  const names = fields.map(({ name }) => name);
  const plain = await readIndex(bytes, { columns: names });
  assertEquals(plain.metadata, arrow.metadata);
  assertSameCells(plain, arrow, names);
  assertSameSlices(plain, arrow);

  const table = await plain.loadTable();
  assert(plain.table === table);
  assertEquals(table.schema.metadata, arrow.table.schema.metadata);
  const made = new Map(table.schema.fields.map((field) => [field.name, field]));
  for (const { name, type, metadata } of arrow.table.schema.fields) {
    if (wanted !== null && !wanted.has(name)) continue;
    assertEquals(String(made.get(name)!.type), String(type), name);
    assertEquals(made.get(name)!.metadata, metadata, name);
  }
  // A view of its own, that has looked no column up before there was the table.
  assertSameCells(plain.stackCount > 0 ? plain.stack(0) : plain, firstStack(arrow), names);
  return names.length * arrow.instanceCount;
}

/** Asserts that two tables have the same values in the given columns: -0 is not 0, and NaN is NaN. */
export function assertSameCells(
  actual: SeriesTable,
  expected: SeriesTable,
  names: readonly string[],
): void {
  assertEquals(actual.instanceCount, expected.instanceCount);
  for (const name of names) {
    for (let row = 0; row < expected.instanceCount; row++) {
      const [found, wanted] = [actual.value(row, name), expected.value(row, name)];
      if (!isSame(found, wanted)) {
        throw new Error(`${name}, row ${row}: ${show(found)} is not ${show(wanted)}`);
      }
    }
  }
}

/** Asserts that two tables count and place slices alike. */
export function assertSameSlices(actual: SeriesTable, expected: SeriesTable): void {
  const facts = (table: SeriesTable) => ({
    count: table.sliceCount,
    stacks: table.stackCount,
    axis: table.primaryAxis,
    range: table.positionRange,
    locations: table.locations,
    places: Array.from({ length: table.sliceCount }, (_, n) => table.slice(n)),
  });
  assertEquals(facts(actual), facts(expected));
  for (let stack = 0; stack < Math.min(expected.stackCount, 4); stack++) {
    assertEquals(facts(actual.stack(stack)), facts(expected.stack(stack)), `stack ${stack}`);
  }
}

function firstStack(table: SeriesTable): SeriesTable {
  return table.stackCount > 0 ? table.stack(0) : table;
}

function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

function show(value: unknown): string {
  return `${typeof value} ${Array.isArray(value) ? `[${value.map(show)}]` : String(value)}`;
}
