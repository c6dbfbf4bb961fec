import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError } from "../errors.ts";
import { colorBytes } from "./color_bytes.ts";
import { greyBytes } from "./grey_bytes.ts";
import { paletteBytes } from "./palette_bytes.ts";
import type { PixelImage } from "./pixel_image.ts";
import type { Voi } from "./voi.ts";

/**
 * Turns a frame's stored values into an 8-bit picture of the frame's size.
 *
 * Monochrome values go through the modality LUT (PS3.3 C.11.1) and the VOI
 * (PS3.3 C.11.2), are rounded to 0…255, and inverted once for `MONOCHROME1`.
 * Padding and NaN are background: 0. Color is scaled to 8 bits and given as
 * RGB, a palette, `YBR_FULL` and `YBR_PARTIAL` undone; the VOI does not apply to it. A VOI that
 * is colors of segments goes by stored values alone.
 *
 * @param frame Stored values; of color, samples as the description's photometric interpretation names them
 * @param description The description of the image that the frame is of
 * @param voi What turns real values into brightness; see {@linkcode resolveVoi}
 * @returns A grey image for monochrome, an RGB image for color and for segments in theirs
 * @throws {DecodeError} If the frame has neither 1 nor 3 samples a pixel, its palette is missing, or
 * its colors are of a kind that cannot be drawn
 *
 * @example A CT frame at the brain window
 * ```ts
 * import { applyContrast, parseContrast, resolveVoi } from "@dicom/series-preview/contrast";
 * import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
 *
 * function brain(frame: Frame, description: ImageDescription) {
 *   const fallback = { center: 128, width: 256 };
 *   return applyContrast(frame, description, resolveVoi(parseContrast("brain"), description, fallback));
 * }
 * ```
 */
export function applyContrast(
  frame: Frame,
  description: ImageDescription,
  voi: Voi,
): PixelImage {
  const { rows: height, columns: width, data } = frame;
  const color = (data: Uint8Array): PixelImage => ({ width, height, channels: 3, data });
  const { photometricInterpretation } = description;
  if (frame.samplesPerPixel === 3) {
    const bits = frame.precision ?? description.bitsStored;
    return color(colorBytes(data, photometricInterpretation, bits));
  }
  if (frame.samplesPerPixel !== 1) {
    throw new DecodeError(
      `cannot draw ${frame.samplesPerPixel} samples a pixel: only 1 (grey, palette) or 3 (color)`,
    );
  }
  if (photometricInterpretation === "PALETTE COLOR") {
    if (!description.palette) {
      throw new DecodeError("cannot draw PALETTE COLOR: the file's lookup tables are missing");
    }
    return color(paletteBytes(data, description.palette));
  }
  if (voi.kind === "colors") return color(paletteBytes(data, voi.palette));
  return { width, height, channels: 1, data: greyBytes(data, description, voi) };
}
