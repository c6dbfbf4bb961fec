import { readIndex } from "@dicom/series-preview/index-cache";

/**
 * All that an index tells, as text. Its files differ from writing to writing: key-value metadata
 * stands in them in any order.
 *
 * @throws {InvalidIndexError} When it is no sound index.
 */
export async function indexContent(bytes: Uint8Array): Promise<string> {
  const index = await readIndex(bytes);
  const columns = index.table.schema.fields.map(({ name, type }) => `${name} ${type}`);
  const rows = Array.from({ length: index.instanceCount }, (_, row) => index.row(row));
  return JSON.stringify({ metadata: index.metadata, columns, rows });
}
