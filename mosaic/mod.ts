/**
 * Pictures from frames: resizing, layout, tiling and encoding.
 *
 * {@linkcode planGrid} and {@linkcode planMosaic} decide where everything goes
 * before a pixel is read; {@linkcode renderFrame} draws a tile,
 * {@linkcode tileImages} puts the tiles together, {@linkcode labelTiles} writes
 * on them, and {@linkcode encodeImage} writes the file.
 *
 * @example Four tiles to a WebP
 * ```ts
 * import { encodeImage, planGrid, planMosaic, tileImages } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const layout = planMosaic(planGrid({ samples: 4 }), { width: 64, tileAspect: 1 });
 * const tiles = layout.cells.map(({ width, height }, index) => {
 *   const data = new Uint8Array(width * height).fill(index * 80);
 *   return { width, height, channels: 1, data } as const;
 * });
 * const bytes = await encodeImage(tileImages(tiles, layout), { format: "webp" });
 * assertEquals(new TextDecoder().decode(bytes.subarray(8, 12)), "WEBP");
 * ```
 *
 * @module
 */
export type { PixelImage } from "../contrast/pixel_image.ts";
export type { ColorsVoi, TableVoi, Voi, WindowVoi } from "../contrast/voi.ts";
export type { Frame, PixelArray } from "../dicom/frame.ts";
export type * from "../dicom/image_description.ts";
export type { AbortOptions } from "../runtime/abort_options.ts";
export * from "./check_encoding.ts";
export * from "./choose_level.ts";
export * from "./create_single_image.ts";
export * from "./display_aspect.ts";
export * from "./encode_image.ts";
export * from "./fit_inside.ts";
export * from "./image_format.ts";
export * from "./image_size.ts";
export * from "./label_tiles.ts";
export * from "./mosaic_grid.ts";
export * from "./plan_grid.ts";
export * from "./plan_mosaic.ts";
export * from "./render_frame.ts";
export * from "./resize_image.ts";
export type { SampleGrid } from "./sample_grid.ts";
export * from "./single_image_size.ts";
export * from "./tile_images.ts";
export * from "./video/check_video.ts";
export * from "./video/encode_video.ts";
export * from "./video/plan_video.ts";
export type { VideoOptions } from "./video/video_options.ts";
