/** A clock that stands still but for the waits asked of it, which take no time. */
export interface FakeClock {
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** The waits asked for, in milliseconds. */
  readonly waits: number[];
}

/** Makes a clock that starts at a date. */
export function fakeClock(start: number = Date.parse("2026-01-01T00:00:00Z")): FakeClock {
  const waits: number[] = [];
  let now = start;
  return {
    waits,
    now: () => now,
    sleep: (milliseconds) => {
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}
