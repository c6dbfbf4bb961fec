import { createHash, createHmac } from "node:crypto";

/** The credentials that requests must be signed with. */
export interface ServerCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  region: string;
}

/**
 * Checks a request's Signature Version 4 of AWS by making it again from the
 * request as it arrived: the error code of S3, or null when it is right.
 */
export function verifySignature(
  request: Request,
  host: string,
  credentials: ServerCredentials,
): string | null {
  const { headers } = request;
  const authorization = headers.get("authorization");
  if (authorization === null) return "AccessDenied";
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
      .exec(authorization);
  if (match === null) return "AuthorizationHeaderMalformed";
  const [, accessKeyId, date, region, signedHeaders, signature] = match as unknown as string[];
  if (accessKeyId !== credentials.accessKeyId) return "InvalidAccessKeyId";
  if (region !== credentials.region) return "AuthorizationHeaderMalformed";
  const token = headers.get("x-amz-security-token") ?? undefined;
  if (token !== credentials.sessionToken) return "InvalidToken";
  const names = signedHeaders!.split(";");
  const mustSign = ["host", ...[...headers.keys()].filter((name) => name.startsWith("x-amz-"))];
  if (!mustSign.every((name) => names.includes(name))) return "AccessDenied";

  const url = new URL(request.url);
  // The path and the query as they were sent: what is signed must be what arrives.
  const query = url.search.slice(1).split("&").filter((part) => part !== "").sort();
  const canonical = [
    request.method,
    url.pathname,
    query.map((part) => part.includes("=") ? part : `${part}=`).join("&"),
    ...names.map((name) => `${name}:${name === "host" ? host : headers.get(name)?.trim()}`),
    "",
    signedHeaders,
    headers.get("x-amz-content-sha256"),
  ].join("\n");
  const scope = `${date}/${region}/s3/aws4_request`;
  const hash = createHash("sha256").update(canonical).digest("hex");
  const toSign = ["AWS4-HMAC-SHA256", headers.get("x-amz-date"), scope, hash].join("\n");
  const key = [date!, region!, "s3", "aws4_request"].reduce<string | Uint8Array>(
    (secret, part) => new Uint8Array(createHmac("sha256", secret).update(part).digest()),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = createHmac("sha256", key).update(toSign).digest("hex");
  return expected === signature ? null : "SignatureDoesNotMatch";
}
