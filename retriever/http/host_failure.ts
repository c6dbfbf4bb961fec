import type { SeriesPreviewError } from "../../errors.ts";

/** How many times a request is made at most. */
const TRIES = 5;
/** The same where no connection came about: that is seldom a passing thing. */
const CONNECTION_TRIES = 3;

/** What a {@linkcode HostFailure} is made of beside its reason. */
export interface HostFailureOptions extends ErrorOptions {
  status?: number;
  /** The wait that the server asked for, in milliseconds. */
  retryAfter?: number | null;
  /** How many times a request that fails so is worth making. */
  tries?: number;
  /** The host that no connection came about with. */
  unreachable?: string | null;
  /** What the last such try ends with; a `NetworkError` by default. */
  verdict?: SeriesPreviewError | null;
}

/**
 * A try that failed for the host's reasons and may be made again. It never
 * leaves the HTTP client but as a cause: the last one becomes a `NetworkError`.
 */
export class HostFailure extends Error {
  readonly status: number | undefined;
  readonly retryAfter: number | null;
  readonly tries: number;
  readonly unreachable: string | null;
  readonly verdict: SeriesPreviewError | null;

  /** Makes a failure from what happened in a few words, as in `connection lost`. */
  constructor(reason: string, options: HostFailureOptions = {}) {
    super(reason, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "HostFailure";
    this.status = options.status;
    this.retryAfter = options.retryAfter ?? null;
    this.tries = options.tries ?? TRIES;
    this.unreachable = options.unreachable ?? null;
    this.verdict = options.verdict ?? null;
  }

  /** Words what `fetch`, or the body of its reply, failed with. */
  static from(error: unknown, host: string): HostFailure {
    const cause = withoutSecrets(error);
    for (const [pattern, reason, tries] of CONNECTION_FAILURES) {
      if (pattern.test(cause.message)) {
        return new HostFailure(reason, { cause, tries, unreachable: host });
      }
    }
    return new HostFailure("connection lost", { cause });
  }
}

/** What runtimes say of a connection that did not come about. */
const CONNECTION_FAILURES: readonly (readonly [RegExp, reason: string, tries: number])[] = [
  [/dns error|lookup address|ENOTFOUND|EAI_AGAIN/i, "host name not found", CONNECTION_TRIES],
  [/refused/i, "connection refused", CONNECTION_TRIES],
  [/unreachable|no route/i, "no route to it", CONNECTION_TRIES],
  [/certificate/i, "its certificate is not trusted", 1],
  [/InvalidContentType|wrong version number/i, "it does not speak https", 1],
  [/port \d+ (is|are) blocked|bad port/i, "fetch blocks that port", 1],
  [/\(Connect\)/, "no connection", CONNECTION_TRIES],
];

/** The deepest cause of an error, with no query and no credentials in the addresses it names. */
function withoutSecrets(error: unknown): Error {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  const text = deepest instanceof Error ? deepest.message : String(deepest);
  const clean = new Error(
    // A query can hold brackets: it goes on to one that something else follows.
    text.replaceAll(
      /(\w+:\/\/)(?:[^\s/@]*@)?([^\s?#]*)(?:[?#]\S*?(?=[):]*(?:\s|$)))?/g,
      "$1$2",
    ),
  );
  if (deepest instanceof Error) clean.name = deepest.name;
  return clean;
}
