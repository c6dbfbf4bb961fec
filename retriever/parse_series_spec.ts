import { UsageError } from "../errors.ts";

/** What the words that name a series say. */
export type SeriesSpec =
  /** A folder of that name under the root. */
  | { readonly kind: "uuid"; readonly uuid: string }
  /** The one folder under the root, or under another, whose name starts so. */
  | { readonly kind: "prefix"; readonly root: string | null; readonly prefixes: readonly string[] }
  /** An address with a scheme. */
  | { readonly kind: "address"; readonly address: string }
  /** A local path; the mistake is what it is where nothing is there. */
  | { readonly kind: "path"; readonly path: string; readonly mistake: string | null };

const SCHEMES = ["s3", "gs", "http", "https", "file", "demo"];

/**
 * Reads the words that name a series, without looking at the world.
 *
 * 32 hex digits, with hyphens or without, are always the UUID of a folder under
 * the root; a local folder of such a name is `./` and the name. What ends in
 * `*` is the start of a name. What starts with a scheme is an address.
 * Everything else is a local path.
 *
 * @throws {UsageError} They are empty, or an address of an unknown scheme.
 */
export function parseSeriesSpec(spec: string): SeriesSpec {
  if (spec.trim() === "") {
    throw new UsageError("no series is named; give a series UUID, an address, a folder or demo:ct");
  }
  // One letter is a drive of Windows, no scheme.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(spec)?.[1];
  if (scheme !== undefined && !SCHEMES.includes(scheme.toLowerCase())) {
    throw new UsageError(
      `'${scheme}:' addresses are not known; use s3://, gs://, https://, http://, file:// ` +
        `or demo:ct, or ./ before a local name`,
    );
  }
  if (spec.endsWith("*") && !/^demo:/i.test(spec)) {
    const end = spec.lastIndexOf("/") + 1;
    const name = spec.slice(end, -1);
    return { kind: "prefix", root: spec.slice(0, end) || null, prefixes: namePrefixes(name) };
  }
  if (scheme !== undefined) {
    return { kind: "address", address: scheme.toLowerCase() + spec.slice(scheme.length) };
  }
  const digits = spec.replaceAll("-", "");
  if (/^[0-9a-f]{32}$/i.test(digits)) return { kind: "uuid", uuid: hyphenate(digits) };
  return { kind: "path", path: spec, mistake: uuidMistake(spec, digits) };
}

/** What a name may start with: a UUID's digits as they are in folder names, else the words as given. */
function namePrefixes(name: string): string[] {
  const digits = name.replaceAll("-", "");
  if (!/^[0-9a-f]{1,32}$/i.test(digits)) return [name];
  const uuid = hyphenate(digits);
  return name.includes("-") && !uuid.startsWith(name.replace(/-$/, "").toLowerCase())
    ? [name]
    : [...new Set([uuid, name])];
}

/** Puts the hyphens of a UUID between as many of its digits as there are. */
function hyphenate(digits: string): string {
  const parts = [digits.slice(0, 8)];
  for (const [start, end] of [[8, 12], [12, 16], [16, 20], [20, 32]] as const) {
    if (digits.length > start) parts.push(digits.slice(start, end));
  }
  return parts.join("-").toLowerCase();
}

/** What is wrong with words that were meant as a UUID; null for others. */
function uuidMistake(spec: string, digits: string): string | null {
  const says = `'${spec}' looks like a series UUID but`;
  if (/^[0-9a-f]+$/i.test(digits)) {
    return digits.length > 32
      ? `${says} has ${digits.length} hex digits where 32 are right; check it`
      : `${says} has ${digits.length} of 32 hex digits; give all of it, or end it in *`;
  }
  const wrong = /[^0-9a-f]/i.exec(digits)?.[0];
  const isMeant = /^[0-9a-z]{32}$/i.test(digits) ||
    /^[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]+$/i.test(spec);
  return isMeant ? `${says} '${wrong}' is no hex digit; check it` : null;
}
