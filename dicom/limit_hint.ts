import type { DecodeLimits } from "./decode_limits.ts";

/** The end of a message about a limit on images: what raises it. The command line has no option for it. */
export function limitHint(limit: keyof DecodeLimits): string {
  return `; a program that calls the library can raise that by the limit ${limit}`;
}
