import { UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import { GcsStore } from "./gcs_store.ts";
import { HttpStore } from "./http_store.ts";
import { S3Store } from "./s3_store.ts";
import type { Store } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";

/** Options of {@linkcode openStore}: what the store takes. */
export interface OpenStoreOptions extends StoreOptions, AbortOptions {}

/** A folder of a store. */
export interface OpenedFolder {
  /** The store that holds it. */
  readonly store: Store;
  /** What the keys in the folder start with: ends in `/`, or is empty. */
  readonly prefix: string;
}

/**
 * Opens the store that a folder's address is in: `s3://`, `gs://`, `https://`,
 * `http://`, `file://`, `demo:ct`, or a local path. Whether the folder is there
 * is told by listing it.
 *
 * @throws {UsageError} The address is none.
 *
 * @example
 * ```ts
 * import { openStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const { store, prefix } = await openStore("s3://idc-open-data/some/folder");
 * assertEquals(prefix, "some/folder/");
 * assertEquals(store.url(prefix), "s3://idc-open-data/some/folder/");
 * ```
 */
export async function openStore(
  address: string,
  options: OpenStoreOptions = {},
): Promise<OpenedFolder> {
  const { signal } = options;
  signal?.throwIfAborted();
  if (isBucketAddress(address)) {
    const { bucket, key } = parseBucketAddress(address);
    return { store: openBucket(address, bucket, options), prefix: key.replace(/([^/])$/, "$1/") };
  }
  if (/^https?:/i.test(address)) return { store: new HttpStore(address, options), prefix: "" };
  if (/^demo:/i.test(address)) return await openDemo(address, options);
  const { LocalStore } = await abortable(import("./local_store.ts"), signal);
  return { store: new LocalStore(address, options), prefix: "" };
}

/** Whether an address is one of object storage. */
export function isBucketAddress(address: string): boolean {
  return /^(s3|gs):/i.test(address);
}

/**
 * Takes an address of object storage apart; the key is empty for the bucket itself.
 *
 * @throws {UsageError} It has no bucket.
 */
export function parseBucketAddress(address: string): { bucket: string; key: string } {
  // Credentials before an @, in which there may be slashes, stay with the bucket, which is refused.
  const match = /^(?:s3|gs):\/\/((?:[^/@:]*:[^@]*@)?[^/]+)(?:\/(.*))?$/is.exec(address);
  if (match === null) {
    throw new UsageError(`'${address}' names no bucket; write s3://bucket/folder/`);
  }
  return { bucket: match[1]!, key: match[2] ?? "" };
}

/** Makes the store of a bucket, by the scheme of an address in it. */
export function openBucket(address: string, bucket: string, options: StoreOptions): Store {
  return /^s3:/i.test(address) ? new S3Store(bucket, options) : new GcsStore(bucket, options);
}

async function openDemo(
  address: string,
  { stats, signal }: OpenStoreOptions,
): Promise<OpenedFolder> {
  const name = address.slice("demo:".length).replace(/\/$/, "");
  if (name !== "ct") throw new UsageError(`there is no '${address}'; the one demo is demo:ct`);
  const { DemoStore } = await abortable(import("./demo_store.ts"), signal);
  return { store: new DemoStore({ stats }), prefix: "ct/" };
}
