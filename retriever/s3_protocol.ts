import { UsageError } from "../errors.ts";
import type { BucketProtocol } from "./bucket_store.ts";

/** A key pair of AWS, and the token that goes with a temporary one. */
export interface S3Credentials {
  /** As in `AWS_ACCESS_KEY_ID`. */
  readonly accessKeyId: string;
  /** As in `AWS_SECRET_ACCESS_KEY`. */
  readonly secretAccessKey: string;
  /** As in `AWS_SESSION_TOKEN`; absent for lasting keys. */
  readonly sessionToken?: string | undefined;
}

/** Where a bucket of S3 is and how its requests are signed. */
export interface S3ProtocolOptions {
  /** Address of a server that is not AWS's; such a one is spoken to in path style. */
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Null for anonymous requests. */
  readonly credentials: S3Credentials | null;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Bucket names that can stand in a host name, under a certificate for one label. */
const HOST_LABEL = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * The requests of S3: path style at an endpoint of one's own or where the
 * bucket's name fits no host name, else virtual-host style; signed (Signature
 * Version 4) when there are credentials.
 *
 * @throws {UsageError} The endpoint is no http or https address.
 */
export function s3Protocol(bucket: string, options: S3ProtocolOptions): BucketProtocol {
  const { credentials, now } = options;
  const endpoint = options.endpoint ? parseEndpoint(options.endpoint) : null;
  let region = options.region || undefined;
  const signingKeys = new Map<string, ArrayBuffer>();

  function base(): URL {
    if (endpoint !== null) return new URL(`${endpoint}${bucket}/`);
    const host = `s3.${region === undefined ? "" : `${region}.`}amazonaws.com`;
    const domain = region?.startsWith("cn-") ? `${host}.cn` : host;
    return HOST_LABEL.test(bucket)
      ? new URL(`https://${bucket}.${domain}/`)
      : new URL(`https://${domain}/${bucket}/`);
  }

  async function sign(url: URL): Promise<Headers> {
    if (credentials === null) return new Headers();
    const { AwsV4Signer } = await import("aws4fetch");
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const signer = new AwsV4Signer({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      url: url.href,
      service: "s3",
      region: region ?? "us-east-1",
      datetime: new Date(now()).toISOString().replace(/[:-]|\.\d{3}/g, ""),
      cache: signingKeys,
    });
    return (await signer.sign()).headers;
  }

  function reroute(headers: Headers, refused: URL): boolean {
    const actual = headers.get("x-amz-bucket-region");
    // The name is to go into a host name.
    if (endpoint !== null || actual === null || !/^[a-z]{2}[a-z0-9-]{1,30}$/.test(actual)) {
      return false;
    }
    region = actual;
    // Requests that were under way together learn it one after the other.
    return base().host !== refused.host;
  }

  const accessHint = credentials === null
    ? "check the address, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    : "check your AWS credentials, or unset them to read a public bucket";
  const credentialsHint = "and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
  return {
    scheme: "s3",
    endpoint: endpoint ?? undefined,
    base,
    sign,
    reroute,
    accessHint,
    credentialsHint,
  };
}

/** An endpoint as its origin and path, ending in `/`. */
function parseEndpoint(endpoint: string): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(
      "the S3 endpoint is no http:// or https:// address; check AWS_ENDPOINT_URL",
    );
  }
  return `${url.origin}${url.pathname.replace(/\/*$/, "/")}`;
}
