import { type FailedRead, InvalidIndexError } from "../errors.ts";
import type { IndexField } from "./index_columns.ts";
import type { IndexMetadata, SkippedObject } from "./index_metadata.ts";

/** The key of the schema's version, the one key that a file of any schema has. */
export const SCHEMA_VERSION_KEY = "schema_version";

/** The key of what is kept with the columns. */
export const COLUMNS_KEY = "columns";

/** What is kept with the columns, as JSON: an object of each column that has something. */
export function toColumnsText(fields: readonly IndexField[]): string {
  const kept = fields.filter(({ metadata }) => metadata.size > 0);
  return JSON.stringify(
    Object.fromEntries(kept.map(({ name, metadata }) => [name, Object.fromEntries(metadata)])),
  );
}

/**
 * Reads what is kept with the columns back, by their names.
 *
 * @throws {InvalidIndexError} When it is missing or not as it was written.
 */
export function fromColumnsText(
  pairs: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const kept: unknown = JSON.parse(pairs.get(COLUMNS_KEY) ?? "null");
  if (!isObject(kept)) throw new InvalidIndexError(`the index does not say its ${COLUMNS_KEY}`);
  return new Map(
    Object.entries(kept).map(([name, own]) => {
      if (!isObject(own) || !Object.values(own).every((value) => typeof value === "string")) {
        throw new InvalidIndexError(`the index's ${COLUMNS_KEY} do not tell what ${name} is`);
      }
      return [name, new Map(Object.entries(own as Record<string, string>))];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The metadata of an index as the key-value pairs of its Parquet file. */
export function toMetadataPairs(metadata: IndexMetadata): Map<string, string> {
  return new Map([
    [SCHEMA_VERSION_KEY, String(metadata.schemaVersion)],
    ["tool_version", metadata.toolVersion],
    ["series_uid", metadata.seriesUID],
    ["series_address", metadata.address],
    ["listed", String(metadata.listed)],
    ["failed", JSON.stringify(metadata.failed)],
    ["skipped", JSON.stringify(metadata.skipped)],
    ["stacks", metadata.stacks ?? ""],
    ["untyped", JSON.stringify(metadata.untyped)],
  ]);
}

/**
 * Reads the metadata of an index back.
 *
 * @throws {InvalidIndexError} When something is missing or not as it was written.
 */
export function fromMetadataPairs(pairs: ReadonlyMap<string, string>): IndexMetadata {
  const text = (key: string): string => {
    const value = pairs.get(key);
    if (value === undefined) throw new InvalidIndexError(`the index does not say its ${key}`);
    return value;
  };
  const list = <T>(key: string): readonly T[] => {
    const value: unknown = JSON.parse(text(key));
    if (!Array.isArray(value)) throw new InvalidIndexError(`the index's ${key} is no list`);
    return value;
  };
  const counts = (key: string): Readonly<Record<string, number>> => {
    const value: unknown = JSON.parse(text(key));
    if (isObject(value)) return value as Record<string, number>;
    throw new InvalidIndexError(`the index's ${key} are no counts`);
  };
  return {
    schemaVersion: Number(text(SCHEMA_VERSION_KEY)),
    toolVersion: text("tool_version"),
    seriesUID: text("series_uid"),
    address: text("series_address"),
    listed: Number(text("listed")),
    failed: list<FailedRead>("failed"),
    skipped: list<SkippedObject>("skipped"),
    stacks: text("stacks") || null,
    untyped: counts("untyped"),
  };
}
