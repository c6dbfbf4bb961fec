/** A way for the server to misbehave. */
export interface Fault {
  /** Answer this status and an empty body, or {@linkcode Fault.body}, in place of the object. */
  status?: number;
  /** The body that goes with the status. */
  body?: string;
  /** Headers to set over those of the proper reply; null takes one away. */
  headers?: Record<string, string | null>;
  /** Answer only after this has settled. */
  gate?: Promise<unknown>;
  /** Answer 200 and the whole object to a range. */
  ignoreRange?: boolean;
  /** Cut the body after that many bytes and drop the connection. */
  cutAt?: number;
  /** Send that many bytes of the body, and then nothing until the client leaves. */
  stallAt?: number;
}

/** A fault and the requests that it happens to. */
export interface FaultRule extends Fault {
  /** Which requests; all by default. */
  when?: (
    request: { method: string; path: string; key: string | null; range: string | null },
  ) => boolean;
  /** How often it happens; always by default. */
  times?: number;
}

/** Takes the first rule that fits a request, and counts it. */
export function takeFault(
  rules: FaultRule[],
  request: Parameters<NonNullable<FaultRule["when"]>>[0],
): Fault {
  const rule = rules.find(({ when, times }) => times !== 0 && (when?.(request) ?? true));
  if (rule?.times !== undefined) rule.times--;
  return rule ?? {};
}
