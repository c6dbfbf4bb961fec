import { readEnvironment } from "../runtime/read_environment.ts";
import { BucketStore } from "./bucket_store.ts";
import type { StoreOptions } from "./store_options.ts";

/**
 * A public bucket of Google Cloud Storage, read anonymously through its XML
 * API; at `STORAGE_EMULATOR_HOST` when the environment has it.
 *
 * @example
 * ```ts
 * import { GcsStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new GcsStore("public-datasets-idc").url("a/1.dcm"), "gs://public-datasets-idc/a/1.dcm");
 * ```
 */
export class GcsStore extends BucketStore {
  /**
   * Makes a store; nothing is read before its first request.
   *
   * @throws {UsageError} The bucket's name is none.
   */
  constructor(bucket: string, options: StoreOptions = {}) {
    const env = options.env ?? readEnvironment;
    const emulator = env("STORAGE_EMULATOR_HOST");
    const host = !emulator
      ? "https://storage.googleapis.com"
      : /^https?:\/\//.test(emulator)
      ? emulator.replace(/\/+$/, "")
      : `http://${emulator}`;
    super(bucket, {
      scheme: "gs",
      endpoint: emulator ? `${host}/` : undefined,
      base: () => new URL(`${host}/${bucket}/`),
      sign: () => new Headers(),
      accessHint: "only public buckets can be read; check the address",
      credentialsHint: "which must be a public bucket",
    }, options);
  }
}
