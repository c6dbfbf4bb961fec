import { compareKeys } from "../../retriever/compare_keys.ts";
import type { ObjectSource } from "./object_source.ts";

/** Answers ListObjectsV2 of S3 as XML: prefix, delimiter, pages, url encoding. */
export async function listObjects(
  source: ObjectSource,
  bucket: string,
  query: URLSearchParams,
  maxKeys: number,
): Promise<string> {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const token = query.get("continuation-token");
  const after = token === null ? query.get("start-after") ?? "" : decodeToken(token);
  const limit = Math.min(maxKeys, Number(query.get("max-keys") ?? 1000));
  const encode = query.get("encoding-type") === "url" ? encodeUrl : escapeXml;

  const keys = (await source.keys()).filter((key) => key.startsWith(prefix)).sort(compareKeys);
  // What a page counts: an object, or all objects in a folder together.
  const items = new Set(keys.map((key) => {
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    return end === -1 ? key : key.slice(0, end + delimiter.length);
  }));
  const left = [...items].filter((item) => compareKeys(item, after) > 0);
  const page = left.slice(0, limit);
  const truncated = left.length > page.length;

  const parts: string[] = [];
  for (const item of page) {
    if (delimiter !== "" && item.indexOf(delimiter, prefix.length) !== -1) {
      parts.push(`<CommonPrefixes><Prefix>${encode(item)}</Prefix></CommonPrefixes>`);
      continue;
    }
    const object = await source.open(item);
    parts.push(
      `<Contents><Key>${encode(item)}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>` +
        `<ETag>${escapeXml(object?.etag ?? "")}</ETag><Size>${object?.size ?? 0}</Size>` +
        `<StorageClass>STANDARD</StorageClass></Contents>`,
    );
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">` +
    `<Name>${bucket}</Name><Prefix>${encode(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>` +
    `<MaxKeys>${limit}</MaxKeys><IsTruncated>${truncated}</IsTruncated>` +
    (query.get("encoding-type") === "url" ? "<EncodingType>url</EncodingType>" : "") +
    (truncated
      ? `<NextContinuationToken>${encodeToken(page.at(-1)!)}</NextContinuationToken>`
      : "") +
    parts.join("") + `</ListBucketResult>`;
}

/** An error as S3 words it. */
export function s3Error(code: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<Error><Code>${code}</Code><Message>As the test server says</Message></Error>`;
}

/** Escapes text for XML. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function encodeUrl(key: string): string {
  return encodeURIComponent(key).replaceAll("%2F", "/").replaceAll("%20", "+");
}

/** Tokens have characters that a URL must escape, as those of S3 do. */
function encodeToken(key: string): string {
  return `+/${new TextEncoder().encode(key).toBase64()}==`;
}

function decodeToken(token: string): string {
  return new TextDecoder().decode(Uint8Array.fromBase64(token.slice(2, -2)));
}
