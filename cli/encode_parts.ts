/** How much is written at a time. */
const partSize = 64 * 1024;

/** Encodes texts as UTF-8, many short ones as one part. */
export function* encodeParts(texts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let gathered: string[] = [];
  let length = 0;
  for (const text of texts) {
    gathered.push(text);
    length += text.length;
    if (length < partSize) continue;
    yield encoder.encode(gathered.join(""));
    [gathered, length] = [[], 0];
  }
  if (length > 0) yield encoder.encode(gathered.join(""));
}
