/**
 * A native slice of 512×512 values of 16 bits to a windowed tile of 256×256, as a
 * mosaic draws it and as one plain loop does.
 *
 * Run with `deno bench -A bench/tile_bench.ts`; `compare_tile.ts` checks the ratio.
 */
import { drawReferenceTile, drawTile } from "./draw_tile.ts";

const group = "native, 512² of 16 bits to a windowed tile of 256²";
Deno.bench("one plain loop, box of 2×2", { group, baseline: true }, () => {
  drawReferenceTile();
});
Deno.bench("decodeFrame and renderFrame, Lanczos of three lobes", { group }, async () => {
  await drawTile();
});
