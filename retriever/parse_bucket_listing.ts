import { ProtocolError } from "../errors.ts";
import type { ObjectEntry } from "./store.ts";

/** A page of a bucket's listing. */
export interface BucketListing {
  readonly entries: readonly ObjectEntry[];
  /** Common prefixes: the folders below the prefix, each ending in `/`. */
  readonly folders: readonly string[];
  /** Asks for the next page; null on the last one. */
  readonly nextToken: string | null;
}

/** What the XML parser makes of an element: its text, its children, or several of either. */
type Xml = string | { readonly [name: string]: Xml } | readonly Xml[] | undefined;

/**
 * Reads the XML of ListObjectsV2 as S3, GCS and those like them send it.
 *
 * @throws {ProtocolError} It is no listing, an error in its place, or cut.
 */
export async function parseBucketListing(xml: string, address: string): Promise<BucketListing> {
  const { XMLParser } = await import("fast-xml-parser");
  const parser = new XMLParser({
    // Keys are text: those that look like numbers, or start or end in spaces, stay as they are.
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name: string) => name === "Contents" || name === "CommonPrefixes",
  });
  // Entities of a document's own are no part of a listing; they could make it grow without end.
  if (xml.includes("<!DOCTYPE")) throw notAListing(address, "a document of another kind came");
  let document: Xml;
  try {
    document = parser.parse(xml, true);
  } catch {
    // What the parser says quotes the document, which may be of anything.
    throw notAListing(address, "its XML is cut or malformed");
  }
  const root = child(document, "ListBucketResult");
  if (root === undefined) {
    throw notAListing(address, "a document of another kind came");
  }
  const decode = text(child(root, "EncodingType")) === "url" ? decodeUrl : (key: string) => key;
  try {
    return readListing(root, decode, address);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw notAListing(address, "a key is encoded wrongly");
  }
}

function readListing(
  root: Xml,
  decode: (key: string) => string,
  address: string,
): BucketListing {
  const entries = children(root, "Contents").map((contents): ObjectEntry => {
    const key = text(child(contents, "Key"));
    if (key === null) throw notAListing(address, "an object has no key");
    const size = text(child(contents, "Size"))?.trim() ?? "";
    return {
      key: decode(key),
      size: /^\d+$/.test(size) ? Number(size) : null,
      etag: text(child(contents, "ETag")),
    };
  });
  const folders = children(root, "CommonPrefixes").map((prefix) => {
    const folder = text(child(prefix, "Prefix"));
    if (folder === null) throw notAListing(address, "a folder has no name");
    return decode(folder);
  });
  const truncated = text(child(root, "IsTruncated"))?.trim() === "true";
  const nextToken = text(child(root, "NextContinuationToken"));
  if (truncated && !nextToken) {
    throw notAListing(address, "there is more, but nothing to ask for it with");
  }
  return { entries, folders, nextToken: truncated ? nextToken : null };
}

/** S3 encodes keys as forms do: a space is a `+`. */
function decodeUrl(key: string): string {
  return decodeURIComponent(key.replaceAll("+", " "));
}

function child(node: Xml, name: string): Xml {
  if (typeof node !== "object" || Array.isArray(node)) return undefined;
  return (node as { readonly [name: string]: Xml })[name];
}

function children(node: Xml, name: string): readonly Xml[] {
  const found = child(node, name);
  return Array.isArray(found) ? found : [];
}

/** The text of an element; null for one that is absent or has children. */
function text(node: Xml): string | null {
  return typeof node === "string" ? node : null;
}

function notAListing(address: string, what: string): ProtocolError {
  return new ProtocolError(
    `the listing of ${address} cannot be read: ${what}; check the address and the endpoint`,
    { address },
  );
}
