/** How the host behind {@linkcode memoryFetch} behaves. */
export interface MemoryFetchOptions {
  /** How many requests are answered 500 before the first that is answered rightly. */
  readonly failures?: number;
  /** Lets other requests start before one is answered. */
  readonly slow?: boolean;
  /** Settles before an answer; an abort goes before it. */
  readonly gate?: (url: URL) => Promise<void>;
}

/** A `fetch` without a network: the objects are files of any folder it is asked for. */
export function memoryFetch(
  objects: ReadonlyMap<string, Uint8Array>,
  { failures = 0, slow = false, gate }: MemoryFetchOptions = {},
) {
  const requests: URL[] = [];
  let [failed, underWay, most] = [0, 0, 0];

  async function answer(url: URL, init: RequestInit): Promise<Response> {
    init.signal?.throwIfAborted();
    if (slow) { for (let turn = 0; turn < 50; turn++) await Promise.resolve(); }
    await gate?.(url);
    init.signal?.throwIfAborted();
    if (failed < failures) {
      failed++;
      return new Response("", { status: 500 });
    }
    const key = decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf("/") + 1));
    if (key === "") return Response.json([...objects.keys()]);
    const object = objects.get(key);
    if (object === undefined) return new Response("", { status: 404 });
    const { length } = object;
    const range = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init.headers).get("range") ?? "")!;
    const [start, end] = [Number(range[1]), Math.min(Number(range[2]) + 1, length)];
    const headers = { "content-range": `bytes ${start}-${end - 1}/${length}`, etag: '"1"' };
    return start < length
      ? new Response(object.slice(start, end), { status: 206, headers })
      : new Response("", { status: 416, headers: { "content-range": `bytes */${length}` } });
  }

  const fetch = async (input: URL | Request | string, init: RequestInit = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    requests.push(url);
    most = Math.max(most, ++underWay);
    try {
      return await answer(url, init);
    } finally {
      underWay--;
    }
  };
  return { fetch: fetch as typeof globalThis.fetch, requests, peak: () => most };
}
