/** The headers that tell why a reply was refused; none of them can hold a secret or an address. */
const TELLING = [
  "content-type",
  "content-length",
  "content-range",
  "content-encoding",
  "etag",
  "retry-after",
];

/** How much of a header is shown: servers send what they like. */
const LONGEST = 80;

/** Tells what came in place of what was asked for, as the cause of the error that says so. */
export function describeReply({ status, headers }: Response): Error {
  const told = TELLING.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [`${name}: ${shorten(value)}`];
  });
  return new Error(`the reply was ${[`status ${status}`, ...told].join(", ")}`);
}

/** The start of a text that a server sent, as much of it as a message can hold. */
export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
