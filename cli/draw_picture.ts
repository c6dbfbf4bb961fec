import type { PixelImage } from "../contrast/pixel_image.ts";
import { checkEncoding } from "../mosaic/check_encoding.ts";
import { encodeImage } from "../mosaic/encode_image.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { SeriesIndex } from "../series_index/series_index.ts";
import type { Invocation } from "./command.ts";
import { openImageFile } from "./output_file.ts";
import { type Drawn, SeriesRun } from "./series_run.ts";
import type { ReportProgress } from "./with_bar.ts";

/** A picture and what there is to tell of it. */
export type Picture = Omit<Drawn, keyof ImageSize> & { readonly image: PixelImage };

/**
 * Runs a command that draws one picture of a series and writes it.
 *
 * @param size The sides of the picture as far as the call names them.
 * @param draw Draws the picture.
 */
export async function drawPicture(
  invocation: Invocation,
  size: Partial<{ [Side in keyof ImageSize]: number | undefined }>,
  draw: (index: SeriesIndex, onProgress: ReportProgress) => Promise<Picture>,
): Promise<number> {
  const { options, operands, environment } = invocation;
  const quality = options.number("quality");
  const output = await openImageFile(operands[1]!, environment);
  const { format } = output;
  checkEncoding({ format, quality, ...size });

  const run = new SeriesRun(invocation, output.isStdout);
  return await run.draw(operands[1]!, async (index, onProgress) => {
    const { image, ...shown } = await draw(index, onProgress);
    const { width, height } = image;
    const bytes = await run.time("encode", () => encodeImage(image, { format, quality }));
    return { drawn: { width, height, ...shown }, write: () => output.write(bytes) };
  });
}
