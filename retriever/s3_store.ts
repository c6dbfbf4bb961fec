import { readEnvironment } from "../runtime/read_environment.ts";
import { BucketStore } from "./bucket_store.ts";
import { type S3Credentials, s3Protocol } from "./s3_protocol.ts";
import type { StoreOptions } from "./store_options.ts";

/** What an {@linkcode S3Store} takes; what is absent comes from the environment. */
export interface S3StoreOptions extends StoreOptions {
  /**
   * Address of a server that is not AWS's, spoken to in path style;
   * `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL` by default.
   */
  readonly endpoint?: string | undefined;
  /** `AWS_REGION`, else `AWS_DEFAULT_REGION` by default. */
  readonly region?: string | undefined;
  /**
   * Null for anonymous requests. By default `AWS_ACCESS_KEY_ID`,
   * `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`; anonymous without the first two.
   */
  readonly credentials?: S3Credentials | null | undefined;
}

/**
 * A bucket of S3, or of a server that speaks as S3 does.
 *
 * Public buckets are read anonymously. A bucket that is in another region than
 * asked is found there by what S3 answers.
 *
 * @example
 * ```ts
 * import { S3Store } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new S3Store("idc-open-data", { credentials: null });
 * assertEquals(store.url("a/b c.dcm"), "s3://idc-open-data/a/b c.dcm");
 * assertEquals(store.key("s3://idc-open-data/a/b c.dcm"), "a/b c.dcm");
 * ```
 */
export class S3Store extends BucketStore {
  /**
   * Makes a store; nothing is read before its first request.
   *
   * @throws {UsageError} The bucket's name or the endpoint is none.
   */
  constructor(bucket: string, options: S3StoreOptions = {}) {
    const env = options.env ?? readEnvironment;
    const protocol = s3Protocol(bucket, {
      endpoint: options.endpoint || env("AWS_ENDPOINT_URL_S3") || env("AWS_ENDPOINT_URL"),
      region: options.region || env("AWS_REGION") || env("AWS_DEFAULT_REGION"),
      credentials: options.credentials === undefined ? envCredentials(env) : options.credentials,
      now: options.now ?? Date.now,
    });
    super(bucket, protocol, options);
  }
}

function envCredentials(env: typeof readEnvironment): S3Credentials | null {
  const accessKeyId = env("AWS_ACCESS_KEY_ID");
  const secretAccessKey = env("AWS_SECRET_ACCESS_KEY");
  if (!accessKeyId || !secretAccessKey) return null;
  return { accessKeyId, secretAccessKey, sessionToken: env("AWS_SESSION_TOKEN") || undefined };
}
