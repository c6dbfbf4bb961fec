import {
  type FailedRead,
  InvalidHeaderError,
  NetworkError,
  NotFoundError,
  NotTriedError,
  ObjectChangedError,
} from "../errors.ts";

/** An instance that could not be read or drawn, and why. */
export interface Failure {
  readonly url: string;
  readonly cause: Error;
  /** The stored frame, counted from 0, where it is one of several. */
  readonly frame?: number | null;
}

/** The failures as results and the index name them. */
export function namedFailures(failures: readonly Failure[]): FailedRead[] {
  return failures.map(({ url, cause, frame }) => ({
    url,
    error: frame === undefined || frame === null
      ? cause.message
      : `frame ${frame}: ${cause.message}`,
  }));
}

/**
 * The failure of an instance that belongs to no series, beside others that do: Series Instance UID
 * is never absent (PS3.3 C.7.3.1), so that the header must have been cut between two elements.
 */
export function missingSeriesUID(address: string): InvalidHeaderError {
  return new InvalidHeaderError("its header has no Series Instance UID; the object may be cut", {
    address,
  });
}

/**
 * What of an index some reads show to be out of date: instances that are others now, whose headers are
 * to be read again, or, where not one instance is still there, all of it. One that is gone is a failure.
 *
 * @param reads How many reads there were.
 * @returns How to load the index again; null when the reads show nothing of the kind.
 */
export function findOutdated(
  failures: readonly Failure[],
  reads: number,
): { readonly changed: readonly string[] } | { readonly check: true } | null {
  const changed = failures.flatMap(({ url, cause }) =>
    // A slide is read from other instances of its pyramid, too.
    cause instanceof ObjectChangedError ? [cause.address ?? url] : []
  );
  if (changed.length > 0) return { changed: [...new Set(changed)] };
  const allGone = failures.length === reads &&
    failures.every(({ cause }) => cause instanceof NotFoundError);
  return allGone ? { check: true } : null;
}

/**
 * Fails when a run of reads was stopped because of the host, whatever had been read before.
 *
 * @param total How many reads there were to be.
 * @param things What was read, in the plural.
 * @throws {NetworkError} Naming every read that failed or was not tried.
 */
export function throwIfHostIsDown(
  failures: readonly Failure[],
  total: number,
  things: string,
  address: string,
): void {
  const untried = failures.filter(({ cause }) => cause instanceof NotTriedError).length;
  if (untried === 0) return;
  const cause = failures.find((failure) => !(failure.cause instanceof NotTriedError))?.cause;
  throw new NetworkError(
    `the host of ${address} keeps failing, ${untried} of ${total} ${things} were not tried; ` +
      `try again later: ${cause?.message}`,
    { address, failed: namedFailures(failures), cause },
  );
}
