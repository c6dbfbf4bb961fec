import { UsageError } from "../errors.ts";

/** An address of the web taken apart: what is sent where, and what is shown. */
export interface HttpTarget {
  /** The URL with its query, without credentials and fragment. */
  readonly url: URL;
  /** Basic authorization where the address had a name and a password. */
  readonly headers: Headers;
}

/**
 * Takes an http or https address apart.
 *
 * @throws {UsageError} It is none.
 */
export function parseHttpTarget(address: string): HttpTarget {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    // The address may hold a password or a token where it is malformed: it is not repeated.
    throw new UsageError("that is no http:// or https:// address; check how it is written");
  }
  const headers = new Headers();
  if (url.username !== "" || url.password !== "") {
    const words = [url.username, url.password].map(decodeURIComponent).join(":");
    const bytes = new TextEncoder().encode(words);
    headers.set("authorization", `Basic ${btoa(String.fromCharCode(...bytes))}`);
  }
  url.username = "";
  url.password = "";
  url.hash = "";
  return { url, headers };
}

/** A URL as it is shown: no query, no credentials. */
export function shownAddress(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
