/** An instance whose header is read in a simulation. */
export interface SimulatedInstance {
  /** Bytes up to its pixels. */
  readonly headerLength: number;
  /** Size of the object in bytes. */
  readonly size: number;
}

/** A way to read the headers of a series. */
export interface HeaderStrategy {
  readonly name: string;
  /**
   * The next range of a header of which that many bytes came in that many requests; of no bytes for
   * a HEAD.
   */
  next(instance: SimulatedInstance, fetched: number, requests: number): number;
  /** Learns from a header that is read. */
  done(instance: SimulatedInstance): void;
  /** Whether another instance may be begun while that many are under way. */
  mayBegin(underWay: number): boolean;
}

/** A network that is the same for all requests. */
export interface SimulatedNetwork {
  /** Milliseconds from a request to the first byte of its reply. */
  readonly latency: number;
  /** Bytes a millisecond that a connection brings. */
  readonly bandwidth: number;
  /** Most requests under way at once. */
  readonly concurrency: number;
}

/** What reading a series took. */
export interface SimulatedReads {
  readonly requests: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** A request under way. */
interface Flight {
  readonly instance: SimulatedInstance;
  readonly ends: number;
  readonly fetched: number;
  readonly requests: number;
}

/** Reads the headers of a series in a network that there is only in numbers: no clock is looked at. */
export function simulateHeaders(
  instances: readonly SimulatedInstance[],
  strategy: HeaderStrategy,
  { latency, bandwidth, concurrency }: SimulatedNetwork,
): SimulatedReads {
  const flights: Flight[] = [];
  let [begun, requests, bytes, now] = [0, 0, 0, 0];
  const send = (instance: SimulatedInstance, fetched: number, before: number) => {
    const asked = strategy.next(instance, fetched, before);
    const length = Math.min(asked, instance.size - fetched);
    requests++;
    bytes += length;
    const ends = now + latency + length / bandwidth;
    flights.push({ instance, ends, fetched: fetched + length, requests: before + 1 });
  };
  for (;;) {
    while (
      begun < instances.length && flights.length < concurrency && strategy.mayBegin(flights.length)
    ) send(instances[begun++]!, 0, 0);
    const next = flights.reduce<Flight | null>(
      (first, flight) => first === null || flight.ends < first.ends ? flight : first,
      null,
    );
    if (next === null) return { requests, bytes, milliseconds: now };
    flights.splice(flights.indexOf(next), 1);
    now = next.ends;
    if (next.fetched < next.instance.headerLength) {
      send(next.instance, next.fetched, next.requests);
    } else strategy.done(next.instance);
  }
}
