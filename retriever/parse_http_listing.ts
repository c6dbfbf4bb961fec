import { ProtocolError } from "../errors.ts";
import type { HttpListing } from "./http_listing.ts";
import { parseHtmlListing } from "./parse_html_listing.ts";
import { parseJsonListing } from "./parse_json_listing.ts";

/** A page, where it is, and the address that errors show. */
export interface HttpPage {
  readonly text: string;
  /** The URL that was asked for. */
  readonly requested: URL;
  /** The page's URL after redirects. */
  readonly url: URL;
  readonly address: string;
}

/**
 * Reads the listing of a web folder by what the page looks like: JSON, else
 * HTML; null for a page that is no listing.
 *
 * @throws {ProtocolError} It is JSON that is malformed or leads out of the folder.
 */
export function parseHttpListing(page: HttpPage): HttpListing | null {
  const { text, requested, url, address } = page;
  // Names are relative to the folder that the page is of, wherever redirects led. Some servers
  // lead from `folder/` to `folder`.
  const folder = `${url.pathname}/` === requested.pathname
    ? new URL(requested.pathname, url)
    : new URL(".", url);
  const start = text.trimStart().charAt(0);
  if (start === "<") return parseHtmlListing(text, { url, folder });
  if (start !== "[" && start !== "{") return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // What the parser says quotes the text, which may be of anything, patients included.
    throw new ProtocolError(
      `the listing at ${address} is malformed JSON; check what its server sends`,
      { address },
    );
  }
  return parseJsonListing(json, folder, address);
}
