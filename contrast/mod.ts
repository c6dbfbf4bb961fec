/**
 * From real values to brightness: presets, windows and lookup tables.
 *
 * {@linkcode parseContrast} reads what a call asks for, {@linkcode autoWindow}
 * measures a window on the pixels, {@linkcode resolveVoi} decides what applies
 * to one image, and {@linkcode applyContrast} draws it (PS3.3 C.11).
 *
 * @example Drawing a frame as its file asks for, else by a measured window
 * ```ts
 * import { applyContrast, autoWindow, parseContrast, resolveVoi } from "@dicom/series-preview/contrast";
 * import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
 *
 * function draw(frame: Frame, description: ImageDescription) {
 *   const measured = autoWindow([{ frame, description }]);
 *   return applyContrast(frame, description, resolveVoi(parseContrast("embedded"), description, measured));
 * }
 * ```
 *
 * @module
 */
export type { Frame, PixelArray } from "../dicom/frame.ts";
export type * from "../dicom/image_description.ts";
export * from "./apply_contrast.ts";
export * from "./auto_window.ts";
export * from "./contrast.ts";
export * from "./contrast_presets.ts";
export * from "./contrast_sample.ts";
export * from "./embedded_views.ts";
export * from "./format_contrast.ts";
export * from "./needs_auto_window.ts";
export * from "./parse_contrast.ts";
export * from "./pixel_image.ts";
export * from "./real_values.ts";
export * from "./resolve_voi.ts";
export * from "./voi.ts";
