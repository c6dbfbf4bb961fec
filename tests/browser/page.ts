/**
 * The page that decodes, draws, encodes and indexes by the bundle, and posts what came of it to
 * `report`.
 *
 * @param importMap What documentation has a page say of the WASM files.
 */
export function page(importMap: string): string {
  return `<!doctype html>
<script type="importmap">${importMap}</script>
<script type="module">
const tell = (body) => fetch("report", { method: "POST", body: JSON.stringify(body) });
try {
  const { dicom, main, mosaic } = await import("./bundle.js");
  const decoded = {};
  for (const name of await (await fetch("names")).json()) {
    const object = await (await fetch("object?" + encodeURIComponent(name))).bytes();
    const { data } = await dicom.decodePixels(object, { frames: [0] });
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    decoded[name] = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  }
  const index = await main.SeriesIndex.open("demo:ct");
  const { image, failed } = await index.renderMosaic({ samples: 9, width: 384 });
  const pictures = {};
  for (const format of ["png", "webp", "jpeg"]) {
    const file = await mosaic.encodeImage(image, { format });
    const { width, height } = await createImageBitmap(new Blob([file], { type: "image/" + format }));
    pictures[format] = [width, height];
  }
  const { result } = await index.renderFrames(
    { samples: 6, width: 64 },
    (frames) => mosaic.encodeVideo(frames, { fps: 12 }),
  );
  const { length } = await index.toParquet();
  await tell({ decoded, failed: failed.length, pictures, video: result.length, parquet: length });
} catch (error) {
  await tell({ error: String(error.stack ?? error) });
}
</script>`;
}
