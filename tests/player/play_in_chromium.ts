import { openInChromium } from "./open_in_chromium.ts";
import { page } from "./page.ts";

/** How many frames a video has, and how fast they follow each other. */
export interface Played {
  readonly count: number;
  readonly fps: number;
}

/** What the page tells of a video. */
export interface PlayerReport {
  readonly width: number;
  readonly height: number;
  /** Seconds. */
  readonly duration: number;
  /** Across which column what is bright lies, in each frame that was jumped to. */
  readonly jumps: readonly number[];
  /** Grey of the first pixel, and in the middle of what is bright. */
  readonly greys: readonly [number, number];
  /** Times of the frames that were shown in playing it from the start, in seconds. */
  readonly played: readonly number[];
}

/** Has Chromium open a page that jumps to each frame of a video, plays it, and tells what it saw. */
export async function playInChromium(
  chromium: string,
  video: Uint8Array<ArrayBuffer>,
  played: Played,
): Promise<PlayerReport> {
  const report = Promise.withResolvers<PlayerReport>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/report") {
        const { error, ...told } = await request.json();
        if (error === undefined) report.resolve(told);
        else report.reject(new Error(error));
        return new Response();
      }
      if (pathname === "/out.mp4") return serveVideo(video, request);
      return new Response(page(played), { headers: { "content-type": "text/html" } });
    },
  );
  try {
    await using open = await openInChromium(chromium, `http://127.0.0.1:${server.addr.port}/`);
    return await Promise.race([report.promise, open.ended]);
  } finally {
    await server.shutdown();
  }
}

function serveVideo(video: Uint8Array<ArrayBuffer>, { headers }: Request): Response {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.get("range") ?? "") ?? [];
  const type = { "content-type": "video/mp4", "accept-ranges": "bytes" };
  if (from === undefined) return new Response(video, { headers: type });
  const end = to ? Number(to) + 1 : video.length;
  const range = `bytes ${from}-${end - 1}/${video.length}`;
  return new Response(video.slice(Number(from), end), {
    status: 206,
    headers: { ...type, "content-range": range },
  });
}
