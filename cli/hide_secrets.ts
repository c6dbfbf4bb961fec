import { withoutSecrets } from "./without_secrets.ts";

/** An address in a text, and what may be before its host and after its path. */
const addresses = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s/]*@)?(\S*)/gi;

/**
 * Leaves names and passwords out of the addresses in a text, and queries of those of the web: also
 * where they are in the wrong place of a call, and the message repeats it.
 */
export function hideSecrets(text: string): string {
  return text.replace(addresses, (_, scheme: string, _credentials, rest: string) => {
    const [punctuation] = /["';:,]*$/.exec(rest)!;
    return withoutSecrets(scheme + rest.slice(0, rest.length - punctuation.length)) + punctuation;
  });
}
