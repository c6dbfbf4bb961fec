import { AccessDeniedError, NotFoundError } from "../errors.ts";
import { FolderOrObjectStore } from "./folder_or_object_store.ts";
import { HttpClient } from "./http/http_client.ts";
import { HttpStore } from "./http_store.ts";
import { parseHttpTarget, shownAddress } from "./http_target.ts";
import { decodeKey } from "./key_path.ts";
import {
  isBucketAddress,
  openBucket,
  type OpenedFolder,
  openStore,
  type OpenStoreOptions,
  parseBucketAddress,
} from "./open_store.ts";
import { SingleObjectStore } from "./single_object_store.ts";
import type { Store } from "./store.ts";

/** Names that only objects have, and names that only folders have. */
const OBJECT_NAME = /\.(dcm|dicom|ima|dc3)$/i;
const FOLDER_NAME = /(^|\/)([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/i;

/**
 * Opens the folder or the single object at an address: a store and the prefix
 * to list. An address of the web that does not tell which it is costs one
 * request; in object storage the listing tells.
 */
export async function locateAddress(
  address: string,
  options: OpenStoreOptions = {},
): Promise<OpenedFolder> {
  if (isBucketAddress(address)) return locateInBucket(address, options);
  if (/^https?:/.test(address)) return await locateOnWeb(address, options);
  if (address.startsWith("file:")) return await locateFile(address, options);
  const object = /^demo:ct\/(.+[^/])$/.exec(address);
  if (object === null) return await openStore(address, options);
  const { store } = await openStore("demo:ct", options);
  return single(store, `ct/${object[1]}`);
}

function locateInBucket(address: string, options: OpenStoreOptions): OpenedFolder {
  const { bucket, key } = parseBucketAddress(address);
  const store = openBucket(address, bucket, options);
  if (OBJECT_NAME.test(key)) return single(store, key);
  if (key === "" || key.endsWith("/")) return { store, prefix: key };
  const opened = FOLDER_NAME.test(key) ? store : new FolderOrObjectStore(store, key);
  return { store: opened, prefix: `${key}/` };
}

async function locateOnWeb(address: string, options: OpenStoreOptions): Promise<OpenedFolder> {
  const { url, headers } = parseHttpTarget(address);
  const end = url.pathname.lastIndexOf("/") + 1;
  const name = decodeKey(url.pathname.slice(end));
  if (FOLDER_NAME.test(url.pathname)) return await openStore(address, options);
  const parent = new URL(address);
  parent.pathname = url.pathname.slice(0, end);
  if (name === "index.json") return await openStore(parent.href, options);
  if (OBJECT_NAME.test(name) || !await isWebFolder(url, headers, options)) {
    return single(new HttpStore(parent.href, options), name);
  }
  return await openStore(address, options);
}

/** Whether an address without a `/` at its end is a folder all the same: asked by reading a byte. */
async function isWebFolder(
  url: URL,
  headers: Headers,
  options: OpenStoreOptions,
): Promise<boolean> {
  const { signal } = options;
  try {
    const reply = await new HttpClient(options).read({
      address: shownAddress(url),
      prepare: () => ({ url, headers }),
      range: { offset: 0, length: 1 },
      signal,
    });
    return reply.url.pathname.endsWith("/") || /html|json/i.test(reply.contentType ?? "");
  } catch (error) {
    // A folder can be missing as an object, and be there through its index.json.
    if (error instanceof NotFoundError || error instanceof AccessDeniedError) return true;
    throw error;
  }
}

async function locateFile(address: string, options: OpenStoreOptions): Promise<OpenedFolder> {
  const { openLocal } = await import("./open_local.ts");
  const opened = await openLocal(address, options);
  if (opened !== null) return opened;
  throw new NotFoundError(`no file or folder is at ${address}; check the path`, { address });
}

function single(store: Store, key: string): OpenedFolder {
  return { store: new SingleObjectStore(store, key), prefix: key };
}
