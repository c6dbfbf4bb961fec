import type { Played } from "./play_in_chromium.ts";

/** The page that plays `out.mp4` and posts what it saw to `report`. */
export function page({ count, fps }: Played): string {
  return `<!doctype html>
<video src="out.mp4" muted></video>
<script type="module">
const video = document.querySelector("video");
const tell = (body) => fetch("report", { method: "POST", body: JSON.stringify(body) });
const once = (event) => new Promise((resolve, reject) => {
  video.addEventListener(event, resolve, { once: true });
  video.addEventListener("error", () => reject(new Error(video.error.message)), { once: true });
});

/** Draws the frame that is shown; answers where it is bright, and its greys. */
function look() {
  const { videoWidth: width, videoHeight: height } = video;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(video, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  let [x, y, bright] = [0, 0, 0];
  for (let at = 0; at < width * height; at++) {
    if (data[at * 4] < 128) continue;
    x += at % width;
    y += Math.floor(at / width);
    bright++;
  }
  x /= bright;
  y /= bright;
  return { x, greys: [data[0], data[(Math.round(y) * width + Math.round(x)) * 4]] };
}

try {
  if (video.readyState < 2) await once("loadeddata");
  const jumps = [];
  let greys;
  // From the last to the first, so that no frame comes out of the one before it.
  for (let number = ${count} - 1; number >= 0; number--) {
    video.currentTime = (number + 0.5) / ${fps};
    await once("seeked");
    const seen = look();
    jumps.unshift(seen.x);
    greys = seen.greys;
  }
  const played = [];
  const watch = (_, { mediaTime }) => {
    played.push(mediaTime);
    video.requestVideoFrameCallback(watch);
  };
  video.requestVideoFrameCallback(watch);
  video.currentTime = 0;
  await once("seeked");
  // Slowly, so that a busy machine shows every frame.
  video.playbackRate = 0.5;
  const ended = once("ended");
  await video.play();
  await ended;
  const { videoWidth: width, videoHeight: height, duration } = video;
  await tell({ width, height, duration, jumps, greys, played });
} catch (error) {
  await tell({ error: String(error) });
}
</script>`;
}
