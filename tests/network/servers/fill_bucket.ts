import { AwsClient } from "aws4fetch";
import { encodeKey } from "../../../retriever/key_path.ts";
import type { S3Credentials } from "../../../retriever/s3_protocol.ts";

/** Makes a bucket of S3 and puts objects into it. */
export async function fillBucket(
  endpoint: string,
  bucket: string,
  objects: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  { credentials, acl = "private" }: { credentials: S3Credentials; acl?: string },
): Promise<void> {
  const { accessKeyId, secretAccessKey } = credentials;
  const keys = { accessKeyId, secretAccessKey };
  const client = new AwsClient({ ...keys, service: "s3", region: "us-east-1", retries: 0 });
  const put = async (path: string, body?: Uint8Array<ArrayBuffer>) => {
    const init = { method: "PUT", headers: { "x-amz-acl": acl }, ...(body && { body }) };
    const response = await client.fetch(`${endpoint}/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`PUT ${path}: ${response.status} ${text}`);
  };
  await put(bucket);
  for (const [key, bytes] of objects) await put(`${bucket}/${encodeKey(key)}`, bytes);
}
