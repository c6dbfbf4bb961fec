/** JPEG 2000 and High-Throughput JPEG 2000. */
const uids: ReadonlySet<string> = new Set([
  "1.2.840.10008.1.2.4.90",
  "1.2.840.10008.1.2.4.91",
  "1.2.840.10008.1.2.4.201",
  "1.2.840.10008.1.2.4.202",
  "1.2.840.10008.1.2.4.203",
]);

/** Whether frames of a transfer syntax can be decoded at reduced resolutions. */
export function hasResolutions(transferSyntaxUID: string): boolean {
  return uids.has(transferSyntaxUID);
}
