import { UsageError } from "../errors.ts";

/** A format that pictures are written in. */
export type ImageFormat = "webp" | "jpeg" | "png";

const formats: ReadonlyMap<string, ImageFormat> = new Map([
  [".webp", "webp"],
  [".jpg", "jpeg"],
  [".jpeg", "jpeg"],
  [".png", "png"],
]);

/**
 * Tells from a path's suffix which format a picture is to be written in.
 *
 * @param path A path or file name; case does not matter
 * @returns The format
 * @throws {UsageError} If the suffix is none of `.webp`, `.jpg`, `.jpeg` and `.png`
 *
 * @example A JPEG
 * ```ts
 * import { imageFormat } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(imageFormat("out/preview.JPG"), "jpeg");
 * ```
 */
export function imageFormat(path: string): ImageFormat {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  // A name that starts with its only dot is a hidden file without a suffix.
  const suffix = dot < 1 ? "" : name.slice(dot);
  const format = formats.get(suffix.toLowerCase());
  if (format) return format;
  const problem = suffix === "" ? "has no suffix" : `ends in "${suffix}"`;
  throw new UsageError(`"${path}" ${problem}: a picture is ${[...formats.keys()].join(", ")}`);
}
