/** A reply of HTTP as it goes over a socket; a proxy may change it on the way. */
export interface RawReply {
  status: number;
  /** Headers by their names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Reads a reply that came to its end. */
export function parseReply(bytes: Uint8Array): RawReply {
  const end = endOfHead(bytes);
  if (end === -1) throw new Error("the reply has no end of its head");
  const [first, ...lines] = new TextDecoder("latin1").decode(bytes.subarray(0, end)).split("\r\n");
  return {
    status: Number(first!.split(" ")[1]),
    headers: readHeaders(lines),
    body: bytes.slice(end),
  };
}

/** Where the head of a request or reply ends, its empty line included; -1 where it has not come yet. */
export function endOfHead(bytes: Uint8Array): number {
  for (let at = 3; at < bytes.length; at++) {
    if (bytes[at] === 10 && bytes[at - 1] === 13 && bytes[at - 2] === 10) return at + 1;
  }
  return -1;
}

/** Reads the lines of headers. */
export function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** The head of a reply as bytes. */
export function writeHead({ status, headers }: Omit<RawReply, "body">): Uint8Array {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return new TextEncoder().encode(`HTTP/1.1 ${status} Whatever\r\n${lines.join("")}\r\n`);
}
