import { checkEncoding } from "../mosaic/check_encoding.ts";
import { encodeImage } from "../mosaic/encode_image.ts";
import { checkMosaicOptions } from "../series_index/draw_mosaic.ts";
import type { Invocation } from "./command.ts";
import { openImageFile } from "./output_file.ts";
import { parseStack } from "./parse_stack.ts";
import { readContrast } from "./read_contrast.ts";
import { SeriesRun } from "./series_run.ts";

/** Runs `series-preview mosaic SERIES OUTPUT`. */
export async function runMosaic(invocation: Invocation): Promise<number> {
  const { options, operands, environment } = invocation;
  const request = {
    samples: options.number("samples"),
    columns: options.number("columns"),
    rows: options.number("rows"),
    width: options.number("width"),
    height: options.number("height"),
    shrinkToFit: options.flag("shrink-to-fit"),
    start: options.number("start"),
    end: options.number("end"),
    contrast: readContrast(options),
    stack: parseStack(options.text("stack")),
  };
  checkMosaicOptions(request);
  const quality = options.number("quality");
  const output = await openImageFile(operands[1]!, environment);
  const { format } = output;
  checkEncoding({ format, quality, width: request.width, height: request.height });

  const run = new SeriesRun(invocation, output.isStdout);
  return await run.draw(operands[1]!, async (index, onProgress) => {
    const mosaic = await index.renderMosaic({ ...request, onProgress });
    const { image, ...shown } = mosaic;
    const { width, height } = image;
    const bytes = await run.time("encode", () => {
      return encodeImage(image, { format, quality });
    });
    await output.write(bytes);
    return { width, height, ...shown };
  });
}
