/** How a message ends: with the caller's words after a colon, or with a full stop. */
export function suffix(msg: string | undefined): string {
  return msg ? `: ${msg}` : ".";
}
